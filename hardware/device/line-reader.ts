import type { LineFault, LineProtocol } from '../protocol/line-protocol.ts';
import { createCounters, type Driver, type DriverOptions } from './driver.ts';
import { createHeldCodes } from './held-code.ts';
import { createSilence } from './silence.ts';
import { createSupervisor } from './supervisor.ts';

export interface LineReaderOptions<Reading> extends DriverOptions {
  readonly protocol: LineProtocol<Reading>;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  readonly onReading: (reading: Reading) => void;
}

/** Between two lines in the log about the same fault, milliseconds. */
const COMPLAINT_MS = 1_000;

/**
 * A reader that only talks, in any protocol of the table: what it reads is given on, once while it is held there. What is
 * no reading is counted and logged.
 */
export function createLineReader<Reading extends { readonly kind: string }>(
  options: LineReaderOptions<Reading>,
): Driver {
  const { log, monotonic, onReading, protocol, transport } = options;
  const counters = createCounters();
  const heldCodes = createHeldCodes(protocol.repeat);

  const isFault = (result: Reading | LineFault): result is LineFault => result.kind === 'error';

  /** Of each code: when it was last said, and how often it was not since then. */
  const complaints = new Map<string, { readonly saidAt: number; readonly unsaid: number }>();
  /** A flood of garbage is counted, and does not flood the log as well. */
  function complain(code: string): void {
    const now = monotonic();
    const { saidAt, unsaid } = complaints.get(code) ?? { saidAt: Number.NEGATIVE_INFINITY, unsaid: 0 };
    if (now - saidAt < COMPLAINT_MS) {
      complaints.set(code, { saidAt, unsaid: unsaid + 1 });
      return;
    }
    log.warn({ device: transport.name, protocol: protocol.name, code, unsaid }, 'the reader sent what is no reading');
    complaints.set(code, { saidAt: now, unsaid: 0 });
  }

  function take(result: Reading | LineFault): void {
    if (isFault(result)) {
      counters.error(result.code);
      complain(result.code);
      return;
    }
    counters.frame();
    if (heldCodes.hear(protocol.identity(result), monotonic())) {
      counters.error('repeated');
      return;
    }
    counters.reading();
    onReading(result);
  }

  const supervisor = createSupervisor(options, () => {
    const parser = protocol.createParser();
    let dropped = 0;
    const settle = () => {
      counters.dropped(parser.dropped() - dropped);
      dropped = parser.dropped();
    };
    const onPause = () => {
      for (const result of parser.pause()) take(result);
      settle();
    };
    const silence = createSilence({ ms: protocol.pauseMs, monotonic, onSilence: onPause });
    return {
      onBytes(bytes) {
        silence.end();
        for (const result of parser.push(bytes)) take(result);
        settle();
        if (parser.isInside()) silence.begin();
      },
      run({ reportDescriptor = null }, signal) {
        const fault = reportDescriptor === null ? null : parser.describe?.(reportDescriptor);
        if (fault)
          log.warn({ device: transport.name, code: fault.code }, 'the device does not declare the reports of its kind');
        counters.connection();
        supervisor.report('ready');
        return new Promise<void>((resolve) => {
          const end = () => {
            silence.end();
            // The line is gone in the middle of a code: its beginning is no code.
            if (!protocol.pauseEnds) onPause();
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
