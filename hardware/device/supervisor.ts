import { setTimeout as sleep } from 'node:timers/promises';
import type { DeviceCondition } from '#shared/contract/kiosk.ts';
import { openSerialLine, type SerialLine } from '../transport/serial-line.ts';
import type { DriverOptions } from './driver.ts';

/** What a driver does with a line while it is there. Ends by itself only when `signal` fires. */
export interface LineUse {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly run: (line: SerialLine, signal: AbortSignal) => Promise<void>;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

/**
 * Keeps one serial line open for ever: opens it, lets the driver use it, and when it is gone tries again, waiting longer
 * each time up to a limit, and never without a wait. `report` is called when the condition changes.
 */
export function createSupervisor(options: DriverOptions, use: () => LineUse) {
  const { path, baud, delays, random, log, onCondition } = options;
  const stopping = new AbortController();
  let condition: DeviceCondition = 'no-device';
  let running: Promise<void> = Promise.resolve();

  function report(next: DeviceCondition): void {
    if (next === condition) return;
    log.info({ path, from: condition, to: next }, 'device condition');
    condition = next;
    onCondition(next);
  }

  async function keepOpen(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const { onBytes, run } = use();
      const gone = new AbortController();
      const opened = await openSerialLine({
        path,
        baud,
        watchMs: delays.watch,
        onBytes,
        onGone: () => gone.abort(),
      });
      if (opened.ok) {
        failures = 0;
        await run(opened.value, AbortSignal.any([gone.signal, stopping.signal]));
        await opened.value.close();
        if (stopping.signal.aborted) return;
        report('no-device');
      } else {
        report(opened.error);
      }
      const wait = Math.min(delays.reopenLongest, delays.reopenFirst * 2 ** Math.min(failures, 20));
      failures += 1;
      await pause(wait / 2 + (wait / 2) * random(), stopping.signal);
    }
  }

  return {
    start(): void {
      running = keepOpen();
    },
    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },
    condition: (): DeviceCondition => condition,
    report,
    pause,
  };
}
