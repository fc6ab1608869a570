import { setTimeout as sleep } from 'node:timers/promises';
import type { DeviceCondition } from '#shared/contract/kiosk.ts';
import type { Line } from '../transport/transport.ts';
import type { DriverOptions } from './driver.ts';

/** What a driver does with a line while it is there. */
export interface LineUse {
  readonly onBytes: (bytes: Uint8Array) => void;
  /** Ends when `signal` fires, or earlier to have the line closed and opened again. */
  readonly run: (line: Line, signal: AbortSignal) => Promise<void>;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

/**
 * Keeps one line open for ever: opens it, lets the driver use it, and when it is gone tries again, waiting longer
 * each time up to a limit, and never without a wait. `report` is called when the condition changes.
 */
export function createSupervisor(options: DriverOptions, use: () => LineUse) {
  const { transport, delays, random, log, onCondition } = options;
  const stopping = new AbortController();
  let condition: DeviceCondition = 'no-device';
  let running: Promise<void> | null = null;

  function report(next: DeviceCondition): void {
    if (next === condition) return;
    log.info({ device: transport.name, from: condition, to: next }, 'device condition');
    condition = next;
    onCondition(next);
  }

  /**
   * One connection, from opening to closing. Returns whether there was one: one that has brought nothing and then went
   * by itself is none, as with a serial server that takes a connection only to end it.
   */
  async function useOnce(): Promise<boolean> {
    const { onBytes, run } = use();
    const gone = new AbortController();
    let hasBrought = false;
    const opened = await transport.open({
      onBytes(bytes) {
        hasBrought = true;
        onBytes(bytes);
      },
      onGone: () => gone.abort(),
    });
    if (!opened.ok) {
      report(opened.error);
      return false;
    }
    if (!stopping.signal.aborted) await run(opened.value, AbortSignal.any([gone.signal, stopping.signal]));
    await opened.value.close();
    // Not where the driver itself has ended the connection: it has said why.
    if (!gone.signal.aborted) return true;
    report('no-device');
    return hasBrought;
  }

  async function keepOpen(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      failures = (await useOnce()) ? 0 : failures + 1;
      const wait = Math.min(delays.reopenLongest, delays.reopenFirst * 2 ** Math.min(failures, 20));
      await pause(wait / 2 + (wait / 2) * random(), stopping.signal);
    }
  }

  return {
    /** A second call does nothing. */
    start: (): void => {
      running ??= keepOpen();
    },
    /** For good: a driver that was stopped is not started again. */
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
    condition: (): DeviceCondition => condition,
    report,
    pause,
  };
}
