import type { DeviceCondition } from '#shared/contract/kiosk.ts';
import { splitAim } from '../protocol/aim.ts';
import { barcodeContent } from '../protocol/barcode-content.ts';
import type { BarcodeReading } from './barcode-scanner.ts';
import { createCounters, type DeviceDelays, type Driver } from './driver.ts';
import { createHeldCodes } from './held-code.ts';

export interface KeyboardScannerOptions {
  readonly delays: Pick<DeviceDelays, 'repeat'>;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  readonly onReading: (reading: BarcodeReading) => void;
  readonly onCondition: (condition: DeviceCondition) => void;
}

/**
 * A scanner that pretends to be a keyboard: the system owns it, and the page tells what it typed. It can't be asked
 * whether it is there, so it is `ready` from its start on.
 */
export function createKeyboardScanner({ delays, monotonic, onReading, onCondition }: KeyboardScannerOptions) {
  const counters = createCounters();
  const heldCodes = createHeldCodes({ of: 'last', withinMs: delays.repeat });
  let condition: DeviceCondition = 'no-device';
  const driver: Driver = {
    start() {
      if (condition === 'ready') return;
      condition = 'ready';
      counters.connection();
      onCondition(condition);
    },
    async stop() {
      condition = 'no-device';
    },
    condition: () => condition,
    counters: counters.read,
  };
  return {
    ...driver,
    /** A scan, as it was typed; nothing once the driver is stopped. */
    typed(sent: string): void {
      if (condition !== 'ready') return;
      counters.frame();
      if (heldCodes.hear(sent, monotonic())) {
        counters.error('repeated');
        return;
      }
      counters.reading();
      const code = splitAim(sent);
      onReading({ kind: 'barcode', ...code, content: barcodeContent(code) });
    },
  };
}
