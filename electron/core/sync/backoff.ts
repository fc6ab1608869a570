/** When to try again after failures in a row. */
export interface BackoffDelays {
  /** After the first failure, milliseconds. */
  readonly first: number;
  /** Never longer than this. */
  readonly longest: number;
}

/**
 * Exponential, with full jitter over the upper half, so that twelve stations that lost the server together do not come
 * back together. `failures` is 1 after the first; `random` gives 0 to 1.
 */
export function backoffMs(failures: number, delays: BackoffDelays, random: () => number): number {
  const ceiling = Math.min(delays.longest, delays.first * 2 ** Math.min(failures - 1, 30));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
