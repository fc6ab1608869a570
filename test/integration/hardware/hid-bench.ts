import type { HidSettings } from '#hardware/transport/hid-pick.ts';
import { createHidTransport } from '#hardware/transport/hid-line.ts';
import type { createHidBus } from '#hardware/emulator/hid-device.ts';
import { encodeHidPos } from '#hardware/protocol/hid-pos.ts';
import { HID_POS_64 } from '#hardware/protocol/hid-pos-layout.ts';
import { SILENT_LOG, WATCH_MS } from './device-bench.ts';

/** Device notes 1.6 and 2.3 (Honeywell's example). */
export const READER_IDS = { vid: 0x2b8b, pid: 0x2721 };
export const SCANNER_IDS = { vid: 0x0c2e, pid: 0x0b87 };

export type Bus = ReturnType<typeof createHidBus>;

export function hidAt(bus: Bus, settings: HidSettings, descriptor: Uint8Array | null = null) {
  return createHidTransport({
    ...settings,
    load: async () => bus.hid,
    readDescriptor: async () => descriptor,
    watchMs: WATCH_MS,
    log: SILENT_LOG,
  });
}

/** Plugged in. */
export function hidScanner(bus: Bus, path = '/dev/hidraw-of-nobody', serialNumber?: string) {
  const { vid: vendorId, pid: productId } = SCANNER_IDS;
  const device = bus.add({ vendorId, productId, path, serialNumber, usagePage: 0x8c, usage: 0x02 });
  device.plug();
  return device;
}

export function hidCardReader(bus: Bus) {
  const { vid: vendorId, pid: productId } = READER_IDS;
  const device = bus.add({ vendorId, productId, path: '/dev/hidraw-of-nobody', usagePage: 0xff00, usage: 1 });
  device.plug();
  return device;
}

export const reportsOf = (text: string, layout = HID_POS_64) =>
  encodeHidPos(new TextEncoder().encode(text), layout, ']Q0');
