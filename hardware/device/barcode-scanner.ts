import { barcodeLine } from '../protocol/barcode-line.ts';
import type { LinePause } from '../protocol/line.ts';
import type { Driver, DriverOptions } from './driver.ts';
import { createLineReader } from './line-reader.ts';

export interface BarcodeReading {
  readonly kind: 'barcode';
  readonly text: string;
  /** AIM code letter, or null. */
  readonly symbology: string | null;
}

export interface BarcodeScannerOptions extends DriverOptions {
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  readonly onReading: (reading: BarcodeReading) => void;
  /** `pause-drops` where it is left out: the scanner sends a terminator. Some are set to send none (device notes 2.1). */
  readonly pause?: LinePause;
}

/** Noise has short runs between terminators; no label is that short. */
const SHORTEST_CODE = 4;

/** A serial barcode scanner. What is no code is counted and logged, not read. */
export function createBarcodeScanner({ pause = 'pause-drops', ...options }: BarcodeScannerOptions): Driver {
  const protocol = barcodeLine({ pause, shortest: SHORTEST_CODE });
  const { delays } = options;
  return createLineReader({
    ...options,
    // How long a person holds a label is the terminal's to say.
    protocol: { ...protocol, pauseMs: delays.pause, repeat: { ...protocol.repeat, withinMs: delays.repeat } },
  });
}
