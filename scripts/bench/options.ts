/** What the command line of the benches can say; null where it was left out and the bench decides. */
export interface BenchOptions {
  /** Events to measure with, by one terminal where there are several. */
  readonly events: number | null;
  readonly terminals: number | null;
}
