import { barcodeContent, type BarcodeContent } from '../protocol/barcode-content.ts';
import { createLineParser, type LinePause, type LineResult } from '../protocol/line.ts';
import { createCounters, type Driver, type DriverOptions } from './driver.ts';
import { createSupervisor } from './supervisor.ts';

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
export function createBarcodeScanner(options: BarcodeScannerOptions): Driver {
  const { delays, log, monotonic, onReading, path, pause = 'pause-drops' } = options;
  const counters = createCounters();
  let last = { text: '', at: Number.NEGATIVE_INFINITY };

  function take(result: LineResult): void {
    if (result.kind === 'error') {
      counters.error(result.code);
      log.warn({ path, code: result.code }, 'the scanner sent what is no code');
      return;
    }
    counters.frame();
    const now = monotonic();
    const repeated = result.text === last.text && now - last.at < delays.repeat;
    last = { text: result.text, at: now };
    if (repeated) {
      counters.error('repeated');
      return;
    }
    counters.reading();
    const { kind, text, symbology, modifier = null } = result;
    onReading({ kind, text, symbology, modifier, content: barcodeContent(result) });
  }

  const supervisor = createSupervisor(options, () => {
    const parser = createLineParser({ pause, shortest: SHORTEST_CODE, modifier: true });
    let dropped = 0;
    let pausing: NodeJS.Timeout | undefined;
    const settle = () => {
      counters.dropped(parser.dropped() - dropped);
      dropped = parser.dropped();
    };
    const onPause = () => {
      for (const result of parser.pause()) take(result);
      settle();
    };
    return {
      onBytes(bytes) {
        clearTimeout(pausing);
        for (const result of parser.push(bytes)) take(result);
        settle();
        if (parser.isInside()) pausing = setTimeout(onPause, delays.pause);
      },
      run(_line, signal) {
        counters.connection();
        supervisor.report('ready');
        return new Promise<void>((resolve) => {
          const end = () => {
            clearTimeout(pausing);
            // The line is gone in the middle of a code: its beginning is no code.
            if (pause === 'pause-drops') onPause();
            resolve();
          };
          if (signal.aborted) end();
          else signal.addEventListener('abort', end, { once: true });
        });
      },
    };
  });

  return {
    start: supervisor.start,
    stop: supervisor.stop,
    condition: supervisor.condition,
    counters: counters.read,
  };
}
