/** Events per second. */
export interface Rates {
  readonly push: number;
  readonly pull: number;
}

/** What is to be carried: events as JSON, one a text, and how many of them one request takes each way. */
export interface Load {
  readonly lines: readonly string[];
  readonly warmUp: readonly string[];
  readonly pushPage: number;
  readonly pullPage: number;
}

/**
 * One way to get events from one machine to a server and from there to another machine: starts a server process in an empty
 * folder, warms both sides up, takes the time of each way, and ends the server.
 */
export type Contender = (folder: string) => Promise<Rates>;

/** So many events in the time that `work` takes. */
export async function rateOf(events: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (events * 1000) / (performance.now() - started);
}
