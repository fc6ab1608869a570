import { type BulkKind, createBulkBus } from '#hardware/emulator/bulk-device.ts';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createBulkTransport } from '#hardware/transport/bulk-line.ts';
import { SILENT_LOG } from './device-bench.ts';

/** Device notes 1.6. */
export const IDS = { vid: 0x0400, pid: 0xc35a };

/** A card reader of this kind, plugged in, and the way to it. */
export function bulkReader(kind: BulkKind, serialNumber = 'S1') {
  const usb = createBulkBus();
  const device = usb.add({ vendorId: IDS.vid, productId: IDS.pid, kind, serialNumber, timeoutMs: 30 });
  device.plug();
  const transport = createBulkTransport({ ...IDS, load: async () => usb.bus, log: SILENT_LOG });
  return { usb, device, transport, emulator: createCardReaderEmulator({ line: device }) };
}

/** Nobody listens. */
export const UNHEARD = { onBytes: () => {}, onGone: () => {} };
