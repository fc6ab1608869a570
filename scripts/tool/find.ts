import { parseArgs } from 'node:util';
import { devices as hidDevices } from 'node-hid';
import { FINDER_DELAYS, type FinderPlace, findDevices } from '#hardware/finder/find-devices.ts';
import type { NamedPort } from '#hardware/finder/serial-places.ts';
import { namePorts, readSerialNodes } from '#hardware/finder/serial-places.ts';
import {
  bulkPlaces,
  hidPlaces,
  type HidListed,
  type KnownPlace,
  readRedsailLinks,
  readUsbDevices,
} from '#hardware/finder/usb-places.ts';
import { createTransport } from '#hardware/transport/device-transport.ts';
import { holderOf } from './find/holder.ts';
import { settingsLine } from './find/settings-line.ts';

const ROOT = '/';
const LOG = {
  info: () => {},
  warn: (fields: object, message: string) => console.error(message, JSON.stringify(fields)),
};

function serialPlace({ port, namedBy }: NamedPort): FinderPlace {
  const settingsAt = (baud: number) => ({ path: port, baud });
  return { kind: 'serial', port, namedBy, settingsAt, transportAt: (speed) => createTransport(settingsAt(speed), LOG) };
}

function knownPlace({ kind, port, namedBy, settings }: KnownPlace): FinderPlace {
  return { kind, port, namedBy, settingsAt: () => settings, transportAt: () => createTransport(settings, LOG) };
}

function listHid(): readonly HidListed[] {
  try {
    return hidDevices();
  } catch (error) {
    console.error(`HID devices can't be listed: ${String(error)} (are libudev1 and libusb-1.0-0 there?)`);
    return [];
  }
}

async function pluggedIn(): Promise<readonly FinderPlace[]> {
  const [nodes, links, usb] = await Promise.all([readSerialNodes(ROOT), readRedsailLinks(ROOT), readUsbDevices(ROOT)]);
  const known = [...hidPlaces(listHid(), links), ...bulkPlaces(usb)];
  return [...namePorts(nodes).map(serialPlace), ...known.map(knownPlace)];
}

/**
 * `find [--seconds N] [--shown label|card] [--port PATH ..]`: what is plugged in, and what speaks there while somebody scans.
 * With `--port` these serial lines and nothing else. Ends at once when all is known. Exit code 1: something needs seeing to.
 */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '30' },
      shown: { type: 'string' },
      port: { type: 'string', multiple: true, default: [] },
    },
  });
  const { shown = null } = values;
  if (shown !== null && shown !== 'label' && shown !== 'card') throw new Error('--shown wants label or card');
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= 3_600)) throw new Error('--seconds wants a number of seconds, 3600 at most');
  const named = values.port.map((port) => serialPlace({ port, namedBy: 'node' }));
  const places = named.length > 0 ? named : await pluggedIn();
  console.error(
    places.length === 0
      ? 'no serial port, no scanner and no card reader is plugged in'
      : `${places.length} to look at: scan a label of ours and hold up a card, each a few times, for ${seconds} s`,
  );
  const findings = await findDevices({
    places,
    delays: FINDER_DELAYS,
    signal: AbortSignal.timeout(seconds * 1_000),
    shown,
    holderOf,
    onFinding: out,
    onAsk: (port, words) => console.error(`${port}: ${words}`),
  });
  out(settingsLine(findings));
  return findings.length > 0 && findings.every(({ todo }) => todo === null) ? 0 : 1;
}
