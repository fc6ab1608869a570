import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { compareText } from '#shared/compare-text.ts';
import type { NamedBy } from './finding.ts';

/** What identifies a USB device, as its own descriptor has it; hex digits as sysfs writes them. */
interface UsbIdentity {
  readonly vid: string;
  readonly pid: string;
  readonly serial: string | null;
}

/** A serial port and its names. */
export interface SerialNode {
  readonly path: string;
  readonly byId: string | null;
  readonly byPath: string | null;
  /** Null for what is no USB device, or where the system does not tell. */
  readonly usb: UsbIdentity | null;
}

/** A port's name for the settings, and by what it is this port's and no other's. */
export interface NamedPort {
  readonly port: string;
  readonly namedBy: NamedBy;
}

/**
 * The name that stays. udev's by-id link is made of maker, model and serial number: two alike without numbers, or with the
 * same (cheap adapters all have 0001), have one link between them, and it leads to whichever came last. (Device notes 4.1.)
 */
export function namePorts(nodes: readonly SerialNode[]): readonly (NamedPort & { readonly node: string })[] {
  const identityOf = ({ usb }: SerialNode) => (usb === null ? null : `${usb.vid}:${usb.pid}:${usb.serial ?? ''}`);
  return nodes.map((node) => {
    const { path, byId, byPath, usb } = node;
    const identity = identityOf(node);
    const isAlone = nodes.filter((other) => identity !== null && identityOf(other) === identity).length <= 1;
    if (byId !== null && isAlone) {
      const isNumbered = usb === null || usb.serial !== null;
      return { node: path, port: byId, namedBy: isNumbered ? 'serial-number' : 'model' };
    }
    return byPath === null
      ? { node: path, port: path, namedBy: 'node' }
      : { node: path, port: byPath, namedBy: 'usb-port' };
  });
}

/** In the order of their names. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort(compareText);
}

const textOf = (path: string) =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );

/** Links in a folder of udev's, by the name of the node they lead to. */
async function linksIn(folder: string): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  for (const name of await namesIn(folder)) {
    const target = await readlink(join(folder, name)).catch(() => null);
    if (target !== null) links.set(basename(target), join(folder, name));
  }
  return links;
}

/** A USB device stands in sysfs some folders above its ports: the interface, and for an adapter the port on it. */
async function usbIdentity(device: string): Promise<UsbIdentity | null> {
  const levels = 4;
  let folder = await realpath(device).catch(() => null);
  for (let level = 0; folder !== null && level < levels; level += 1, folder = dirname(folder)) {
    const [vid, pid, serial] = await Promise.all(
      ['idVendor', 'idProduct', 'serial'].map((name) => textOf(join(folder ?? '', name))),
    );
    if (typeof vid === 'string' && typeof pid === 'string') return { vid, pid, serial: serial ?? null };
  }
  return null;
}

const SERIAL_NODE = /^tty(?:ACM|USB)\d+$/;

/** The serial ports of USB devices, through the file system below `root` (`/`). */
export async function readSerialNodes(root: string): Promise<readonly SerialNode[]> {
  const dev = join(root, 'dev');
  const [byId, byPath] = await Promise.all([linksIn(join(dev, 'serial/by-id')), linksIn(join(dev, 'serial/by-path'))]);
  const nodes = (await namesIn(dev)).filter((name) => SERIAL_NODE.test(name));
  return Promise.all(
    [...new Set([...nodes, ...byId.keys()])].sort(compareText).map(async (name) => ({
      path: join(dev, name),
      byId: byId.get(name) ?? null,
      byPath: byPath.get(name) ?? null,
      usb: await usbIdentity(join(root, 'sys/class/tty', name, 'device')),
    })),
  );
}
