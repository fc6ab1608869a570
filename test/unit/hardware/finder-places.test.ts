import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { namePorts, readSerialNodes } from '#hardware/finder/serial-places.ts';
import { bulkPlaces, hidPlaces, readRedsailLinks, readUsbDevices } from '#hardware/finder/usb-places.ts';

const CH340 = { vid: '1a86', pid: '7523' };

/** A machine's /dev and /sys, as far as they are looked at. */
function machine() {
  const root = mkdtempSync(join(tmpdir(), 'red-sail-places-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const link = (path: string, target: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    symlinkSync(target, join(root, path));
  };
  return {
    root,
    /** A serial adapter in a USB port. */
    plug: (name: string, usbPort: string, id: { vid: string; pid: string; serial?: string }, byId?: string) => {
      write(`dev/${name}`, '');
      const device = `sys/devices/usb1/${usbPort}`;
      write(`${device}/idVendor`, `${id.vid}\n`);
      write(`${device}/idProduct`, `${id.pid}\n`);
      if (id.serial !== undefined) write(`${device}/serial`, `${id.serial}\n`);
      mkdirSync(join(root, `${device}/${usbPort}:1.0/${name}`), { recursive: true });
      link(`sys/class/tty/${name}/device`, join(root, `${device}/${usbPort}:1.0/${name}`));
      link(`sys/bus/usb/devices/${usbPort}`, join(root, device));
      link(`dev/serial/by-path/pci-usb-0:${usbPort}`, `../../${name}`);
      if (byId !== undefined) link(`dev/serial/by-id/${byId}`, `../../${name}`);
    },
    write,
    link,
  };
}

const named = async (root: string) =>
  namePorts(await readSerialNodes(root)).map(({ node, port, namedBy }) =>
    [node, port, namedBy].map((text) => text.replace(root, '')),
  );

describe('serial ports are named', () => {
  it('by the serial number of their device, two alike as well', async () => {
    const { root, plug } = machine();
    plug('ttyUSB0', '1-1', { ...CH340, serial: 'A1' }, 'usb-1a86_A1-if00-port0');
    plug('ttyUSB1', '1-2', { ...CH340, serial: 'A2' }, 'usb-1a86_A2-if00-port0');
    expect(await named(root)).toEqual([
      ['/dev/ttyUSB0', '/dev/serial/by-id/usb-1a86_A1-if00-port0', 'serial-number'],
      ['/dev/ttyUSB1', '/dev/serial/by-id/usb-1a86_A2-if00-port0', 'serial-number'],
    ]);
  });

  it.each([[undefined], ['0001']])('by their USB port where two alike have the serial number %s', async (serial) => {
    const { root, plug } = machine();
    const id = serial === undefined ? CH340 : { ...CH340, serial };
    // One link for both: it leads to the one that came last.
    plug('ttyUSB0', '1-1', id);
    plug('ttyUSB1', '1-2', id, 'usb-1a86_USB_Serial-if00-port0');
    expect(await named(root)).toEqual([
      ['/dev/ttyUSB0', '/dev/serial/by-path/pci-usb-0:1-1', 'usb-port'],
      ['/dev/ttyUSB1', '/dev/serial/by-path/pci-usb-0:1-2', 'usb-port'],
    ]);
  });

  it('by their model where there is one of it, and by the node where udev has named nothing', async () => {
    const { root, plug, write } = machine();
    plug('ttyUSB0', '1-1', CH340, 'usb-1a86_USB_Serial-if00-port0');
    write('dev/ttyACM0', '');
    write('dev/ttyS0', '');
    write('dev/tty1', '');
    expect(await named(root)).toEqual([
      ['/dev/ttyACM0', '/dev/ttyACM0', 'node'],
      ['/dev/ttyUSB0', '/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0', 'model'],
    ]);
  });

  it('not at all on a machine without any', async () => {
    expect(await named(join(tmpdir(), 'red-sail-no-such-root'))).toEqual([]);
  });
});

describe('HID devices', () => {
  const scanner = (path: string, serialNumber?: string) => ({
    vendorId: 0x0c2e,
    productId: 0x0b87,
    path,
    serialNumber,
    usagePage: 0x8c,
    usage: 0x02,
  });

  it('are scanners by usage page and usage, and card readers by their ids; keyboards on that page are neither', () => {
    const listed = [
      scanner('/dev/hidraw0'),
      { ...scanner('/dev/hidraw1'), vendorId: 0x2dc8, usage: 0x01 },
      { ...scanner('/dev/hidraw2'), usagePage: 0x01, usage: 0x06 },
      { vendorId: 0x2b8b, productId: 0x2721, path: '/dev/hidraw3', usagePage: 0xff00, usage: 1 },
    ];
    expect(hidPlaces(listed, new Map())).toEqual([
      {
        kind: 'hid-scanner',
        port: 'hid:0c2e:0b87',
        namedBy: 'model',
        settings: { kind: 'hid', vid: 0x0c2e, pid: 0x0b87 },
      },
      {
        kind: 'card-reader',
        port: 'hid:2b8b:2721',
        namedBy: 'model',
        settings: { kind: 'hid', vid: 0x2b8b, pid: 0x2721 },
      },
    ]);
  });

  it('that are alike are told apart by serial number, else by the link of our rules, else by nothing that lasts', async () => {
    const ids = { kind: 'hid', vid: 0x0c2e, pid: 0x0b87 };
    expect(hidPlaces([scanner('/dev/hidraw0', 'A'), scanner('/dev/hidraw1', 'B')], new Map())).toMatchObject([
      { port: 'hid:0c2e:0b87:A', namedBy: 'serial-number', settings: { ...ids, serial: 'A' } },
      { port: 'hid:0c2e:0b87:B', namedBy: 'serial-number', settings: { ...ids, serial: 'B' } },
    ]);
    const { root, link } = machine();
    link('dev/redsail/by-path/pci-usb-0:1.2', '../../hidraw0');
    const path = join(root, 'dev/redsail/by-path/pci-usb-0:1.2');
    const links = await readRedsailLinks(root);
    expect(hidPlaces([scanner('/dev/hidraw0', ''), scanner('/dev/hidraw1', '')], links)).toMatchObject([
      { port: path, namedBy: 'usb-port', settings: { ...ids, path } },
      { port: '/dev/hidraw1', namedBy: 'node', settings: { ...ids, path: '/dev/hidraw1' } },
    ]);
  });
});

it('card readers with bulk endpoints are found through sysfs, and no other device is taken for one', async () => {
  const { root, plug } = machine();
  plug('ttyUSB0', '1-1', CH340);
  plug('ttyUSB1', '1-2', { vid: '0400', pid: 'c35a', serial: 'S1' });
  expect(bulkPlaces(await readUsbDevices(root))).toMatchObject([{ port: 'usb:0400:c35a', namedBy: 'model' }]);
  plug('ttyUSB2', '1-3', { vid: '0400', pid: 'c35a' });
  expect(bulkPlaces(await readUsbDevices(root))).toEqual([
    {
      kind: 'card-reader',
      port: 'usb:0400:c35a:S1',
      namedBy: 'serial-number',
      settings: { kind: 'usb', vid: 0x0400, pid: 0xc35a, serial: 'S1' },
    },
    {
      kind: 'card-reader',
      port: 'usb:0400:c35a',
      namedBy: 'node',
      settings: { kind: 'usb', vid: 0x0400, pid: 0xc35a },
    },
  ]);
});
