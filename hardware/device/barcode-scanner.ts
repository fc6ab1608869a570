import { barcodeContent, type BarcodeContent } from '../protocol/barcode-content.ts';
import { barcodeLine } from '../protocol/barcode-line.ts';
import type { LinePause } from '../protocol/line.ts';
import type { Driver, DriverOptions } from './driver.ts';
import { createLineReader } from './line-reader.ts';

export interface BarcodeReading {
  readonly kind: 'barcode';
  readonly text: string;
  /** AIM code letter, or null. */
  readonly symbology: string | null;
  /** The character behind that letter, or null. */
  readonly modifier: string | null;
  /** What the text says: our own label, the elements of GS1, an EAN or none of them. */
  readonly content: BarcodeContent;
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
export function createBarcodeScanner({ pause = 'pause-drops', onReading, ...options }: BarcodeScannerOptions): Driver {
  const protocol = barcodeLine({ pause, shortest: SHORTEST_CODE, modifier: true });
  const { delays } = options;
  return createLineReader({
    ...options,
    // How long a person holds a label is the terminal's to say.
    protocol: { ...protocol, pauseMs: delays.pause, repeat: { ...protocol.repeat, withinMs: delays.repeat } },
    onReading(result) {
      const { kind, text, symbology, modifier = null } = result;
      onReading({ kind, text, symbology, modifier, content: barcodeContent(result) });
    },
  });
}
