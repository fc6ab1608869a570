// The types of `usb` are built on these, which it brings along and does not name.
/// <reference types="w3c-web-usb" />
import { readFile, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { type BulkBus, type BulkSettings, createBulkTransport } from './bulk-line.ts';
import { createHidTransport, type HidModule } from './hid-line.ts';
import type { HidSettings } from './hid-pick.ts';
import { createNativeModule } from './native-module.ts';
import { createSerialTransport, type SerialSettings } from './serial-line.ts';
import { createTcpTransport, type TcpSettings } from './tcp-line.ts';
import type { DeviceLog, Transport } from './transport.ts';

/** How a device is reached, as a machine's settings say it. Without a kind it is a serial line. */
export type DeviceSettings =
  | (SerialSettings & { readonly kind?: 'serial' | undefined })
  | (TcpSettings & { readonly kind: 'tcp' })
  | (HidSettings & { readonly kind: 'hid' })
  | (BulkSettings & { readonly kind: 'usb' });

/** All waits of the transports, milliseconds. */
const WAITS = {
  /** How often to look whether a device is still there: with its answer, well under 2 s. */
  watch: 1_000,
  /** A serial server in the same building answers at once. */
  connect: 3_000,
  keepAlive: 5_000,
} as const;

/** Linux gives it beside the device (Documentation/hid/hidraw.rst); elsewhere nobody does. */
async function readDescriptor(node: string): Promise<Uint8Array | null> {
  try {
    return await readFile(`/sys/class/hidraw/${basename(await realpath(node))}/device/report_descriptor`);
  } catch {
    return null;
  }
}

/** Imported, node-hid has not loaded its binary: it must be asked something. */
async function loadHid(): Promise<HidModule> {
  const hid = await import('node-hid');
  hid.getHidapiVersion();
  return hid;
}

async function loadUsb(): Promise<BulkBus> {
  const { WebUSB } = await import('usb');
  return new WebUSB({ allowAllDevices: true });
}

/** The way to the device of these settings. Nothing is opened or loaded yet. */
export function createTransport(settings: DeviceSettings, log: DeviceLog): Transport {
  switch (settings.kind) {
    case 'tcp':
      return createTcpTransport({ ...settings, connectMs: WAITS.connect, keepAliveMs: WAITS.keepAlive });
    case 'hid': {
      const load = createNativeModule(loadHid, 'hid', log);
      return createHidTransport({ ...settings, load, readDescriptor, watchMs: WAITS.watch, log });
    }
    case 'usb':
      return createBulkTransport({ ...settings, load: createNativeModule(loadUsb, 'usb', log), log });
    default:
      return createSerialTransport({ ...settings, watchMs: WAITS.watch, log });
  }
}
