import { createSerialTransport, type SerialSettings } from './serial-line.ts';
import type { DeviceLog, Transport } from './transport.ts';

/** How a device is reached, as a machine's settings say it. */
export type DeviceSettings = SerialSettings;

/** How often to look whether a serial device is still there, milliseconds: with its answer, well under 2 s. */
const WATCH_MS = 1_000;

/** The way to the device of these settings. Nothing is opened or loaded yet. */
export function createTransport(settings: DeviceSettings, log: DeviceLog): Transport {
  return createSerialTransport({ ...settings, watchMs: WATCH_MS, log });
}
