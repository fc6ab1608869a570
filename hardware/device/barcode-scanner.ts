import { barcodeContent, type BarcodeContent } from '../protocol/barcode-content.ts';
import { barcodeLine } from '../protocol/barcode-line.ts';
import { HID_POS_LINE } from '../protocol/hid-pos-line.ts';
import type { LinePause } from '../protocol/line.ts';
import type { LineProtocol } from '../protocol/line-protocol.ts';
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

export interface PluggedScannerOptions extends DriverOptions {
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  readonly onReading: (reading: BarcodeReading) => void;
}

/** What a serial scanner is set to send around a code. */
export interface SentAround {
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  /** `pause-drops` where it is left out: the scanner sends a terminator. Some are set to send none (device notes 2.1). */
  readonly pause?: LinePause | undefined;
}

export interface BarcodeScannerOptions extends PluggedScannerOptions, SentAround {}

/** A code as both kinds of scanner send it. */
interface SentCode {
  readonly kind: 'barcode';
  readonly text: string;
  readonly symbology: string | null;
  readonly modifier?: string | null;
}

/** Noise has short runs between terminators; no label is that short. */
const SHORTEST_CODE = 4;

/** A scanner of either kind. What is no code is counted and logged, not read. */
function createScanner<Sent extends SentCode>(
  { delays, onReading, ...options }: PluggedScannerOptions,
  protocol: LineProtocol<Sent>,
): Driver {
  return createLineReader({
    ...options,
    delays,
    // How long a person holds a label is the terminal's to say.
    protocol: { ...protocol, pauseMs: delays.pause, repeat: { ...protocol.repeat, withinMs: delays.repeat } },
    onReading(sent) {
      const { kind, text, symbology, modifier = null } = sent;
      onReading({ kind, text, symbology, modifier, content: barcodeContent(sent) });
    },
  });
}

/** A serial barcode scanner. */
export function createBarcodeScanner(options: BarcodeScannerOptions): Driver {
  const { pause = 'pause-drops', prefix = '', suffix = '', ...rest } = options;
  return createScanner(rest, barcodeLine({ pause, prefix, suffix, shortest: SHORTEST_CODE, modifier: true }));
}

/** A barcode scanner in HID POS mode (device notes 2.3): the same readings as those of a serial one. */
export function createHidPosScanner(options: PluggedScannerOptions): Driver {
  return createScanner(options, HID_POS_LINE);
}
