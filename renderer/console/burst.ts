/** Timers as they are needed here, so that tests can bring their own. */
export interface Timers {
  readonly set: (run: () => void, ms: number) => number;
}

/**
 * Gathers calls that come in bursts: `run` follows the first call of a burst after `ms` milliseconds, once, however
 * many calls come in between; a steady stream of calls runs it every `ms`.
 */
export function gatherBursts(run: () => void, ms: number, timers: Timers): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    timers.set(() => {
      waiting = false;
      run();
    }, ms);
  };
}
