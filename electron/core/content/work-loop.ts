import type { Log } from '../log.ts';
import type { Sleep } from '../sync/blob-line.ts';

/** How long to rest after a turn, milliseconds, unless woken. */
export type Turn = (signal: AbortSignal) => Promise<number>;

const AFTER_BUG_MS = 30_000;

/**
 * Does a turn, rests, and so on for ever. Woken during a turn, it does another one at once. What a turn throws is a disk that
 * refuses, or a bug: it is logged, and tried again later.
 */
export function createWorkLoop(name: string, turn: Turn, { sleep, log }: { readonly sleep: Sleep; readonly log: Log }) {
  const stopping = new AbortController();
  let woken = false;
  let resting = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function safely(): Promise<number> {
    try {
      return await turn(stopping.signal);
    } catch (error) {
      log.error({ err: error, name }, 'this could not be done; it is tried again');
      return AFTER_BUG_MS;
    }
  }

  async function workForever(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false;
      const ms = await safely();
      if (woken || stopping.signal.aborted) continue;
      resting = new AbortController();
      await sleep(ms, AbortSignal.any([resting.signal, stopping.signal]));
    }
  }

  return {
    start(): void {
      running = workForever();
    },

    wake(): void {
      woken = true;
      resting.abort();
    },

    /** Resolves when nothing of it runs any more. */
    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },
  };
}
