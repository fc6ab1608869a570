import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compareText } from '#shared/compare-text.ts';
import type { NamedBy } from './finding.ts';
import type { DeviceSettings } from '../transport/device-transport.ts';

/** Card readers that are no serial line, by their ids (device notes 1.6). */
const HID_CARD_READER = { vid: 0x2b8b, pid: 0x2721 } as const;
const BULK_CARD_READER = { vid: 0x0400, pid: 0xc35a } as const;
/** HID Usage Tables: page of barcode scanners. Keyboards squat on it under usage 01 (device notes 2.3). */
const SCANNER_PAGE = 0x8c;
const SCANNER_USAGE = 0x02;

/** What node-hid says of an interface. */
export interface HidListed {
  readonly vendorId: number;
  readonly productId: number;
  readonly path?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly usagePage?: number | undefined;
  readonly usage?: number | undefined;
}

/** What sysfs says of a USB device. */
export interface UsbListed {
  readonly vid: number;
  readonly pid: number;
  readonly serial: string | null;
}

/** A place of a device that says what it is. */
export interface KnownPlace {
  readonly kind: 'card-reader' | 'hid-scanner';
  readonly port: string;
  readonly namedBy: NamedBy;
  readonly settings: DeviceSettings;
}

function kindOf({ vendorId, productId, usagePage, usage }: HidListed): KnownPlace['kind'] | null {
  if (vendorId === HID_CARD_READER.vid && productId === HID_CARD_READER.pid) return 'card-reader';
  return usagePage === SCANNER_PAGE && usage === SCANNER_USAGE ? 'hid-scanner' : null;
}

const isEmpty = (text: string | undefined | null) => text === undefined || text === null || text === '';
const hex = (id: number) => id.toString(16).padStart(4, '0');

/**
 * HID devices that are scanners or card readers. Of several alike each is named by its serial number, or else by the link
 * that our udev rules make for its USB port (`links`: from node name to path).
 */
export function hidPlaces(listed: readonly HidListed[], links: ReadonlyMap<string, string>): readonly KnownPlace[] {
  const devices = listed.flatMap((device) => {
    const kind = kindOf(device);
    return kind === null || device.path === undefined ? [] : [{ ...device, kind, path: device.path }];
  });
  return devices.map(({ kind, path, vendorId: vid, productId: pid, serialNumber: serial }) => {
    const alike = devices.filter(({ vendorId, productId }) => vendorId === vid && productId === pid);
    const sameSerial = alike.filter(({ serialNumber }) => serialNumber === serial);
    const name = `hid:${hex(vid)}:${hex(pid)}`;
    const base = { kind, settings: { kind: 'hid', vid, pid } } as const;
    if (alike.length === 1) return { ...base, port: name, namedBy: 'model' };
    if (serial !== undefined && !isEmpty(serial) && sameSerial.length === 1) {
      return { kind, port: `${name}:${serial}`, namedBy: 'serial-number', settings: { ...base.settings, serial } };
    }
    const link = links.get(basename(path));
    const namedBy = link === undefined ? 'node' : 'usb-port';
    return { kind, port: link ?? path, namedBy, settings: { ...base.settings, path: link ?? path } };
  });
}

/** Card readers with bulk endpoints. Two alike without serial numbers have no names of their own: the first is opened. */
export function bulkPlaces(listed: readonly UsbListed[]): readonly KnownPlace[] {
  const { vid, pid } = BULK_CARD_READER;
  const readers = listed.filter((device) => device.vid === vid && device.pid === pid);
  return readers.map(({ serial }) => {
    const name = `usb:${hex(vid)}:${hex(pid)}`;
    const settings = { kind: 'usb', vid, pid } as const;
    if (readers.length === 1) return { kind: 'card-reader', port: name, namedBy: 'model', settings };
    if (serial === null) return { kind: 'card-reader', port: name, namedBy: 'node', settings };
    const named = { ...settings, serial };
    return { kind: 'card-reader', port: `${name}:${serial}`, namedBy: 'serial-number', settings: named };
  });
}

/** The links of our udev rules, by the name of the node they lead to. */
export async function readRedsailLinks(root: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(root, 'dev/redsail/by-path');
  const links = new Map<string, string>();
  for (const name of await readdir(folder).catch(() => [])) {
    const target = await readlink(join(folder, name)).catch(() => null);
    if (target !== null) links.set(basename(target), join(folder, name));
  }
  return links;
}

/** All USB devices, from sysfs: without a native module, and without rights. */
export async function readUsbDevices(root: string): Promise<readonly UsbListed[]> {
  const folder = join(root, 'sys/bus/usb/devices');
  const textOf = (name: string, file: string) => readFile(join(folder, name, file), 'utf8').catch(() => null);
  const names = (await readdir(folder).catch(() => [])).sort(compareText);
  const devices = await Promise.all(
    names.map(async (name) => {
      const [vid, pid, serial] = await Promise.all([
        textOf(name, 'idVendor'),
        textOf(name, 'idProduct'),
        textOf(name, 'serial'),
      ]);
      if (vid === null || pid === null) return [];
      return [{ vid: Number.parseInt(vid, 16), pid: Number.parseInt(pid, 16), serial: serial?.trim() ?? null }];
    }),
  );
  return devices.flat();
}
