/**
 * Whole seconds left of a sheet that had `endsInMs` left when its view came at `receivedAt`; both clocks monotonic,
 * milliseconds. Rounded up, so that 0 is shown only when it is over.
 */
export function secondsLeft(endsInMs: number, receivedAt: number, monotonicMs: number): number {
  return Math.max(0, Math.ceil((endsInMs - (monotonicMs - receivedAt)) / 1000));
}
