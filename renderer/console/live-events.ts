import type { EventRow } from '#shared/contract/console.ts';
import { callFailure } from './api.ts';

export type LiveState = 'connecting' | 'up' | 'down';

export interface LiveSnapshot {
  readonly state: LiveState;
  /** Newest first, at most `KEPT_ROWS`. */
  readonly rows: readonly EventRow[];
  /** Ids of rows that came in while the page was open, with the time they came (milliseconds since 1970). */
  readonly arrived: ReadonlyMap<string, number>;
  /** The list has been read at least once. */
  readonly loaded: boolean;
}

export const KEPT_ROWS = 200;

/** Pauses before the next try to connect, in milliseconds: each longer than the one before, the last one for good. */
export const RECONNECT_DELAYS: readonly number[] = [500, 1000, 2000, 5000];

export interface LiveEventsOptions {
  readonly latest: (signal: AbortSignal) => Promise<readonly EventRow[]>;
  readonly watch: (signal: AbortSignal) => Promise<AsyncIterable<EventRow>>;
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  /** Something may have changed on the server: an event came in, or the line is up again. */
  readonly onChange: () => void;
  readonly onSignedOut: () => void;
}

/** Newest first, each once, at most `KEPT_ROWS`. */
export function mergeRows(known: readonly EventRow[], more: readonly EventRow[]): EventRow[] {
  const bySeq = new Map([...known, ...more].map((row) => [row.seq, row]));
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, KEPT_ROWS);
}

/** The line over which the server tells of events as it takes them; reconnects until stopped. */
export class LiveEvents {
  readonly #options: LiveEventsOptions;
  readonly #listeners = new Set<() => void>();
  #snapshot: LiveSnapshot = { state: 'connecting', rows: [], arrived: new Map(), loaded: false };
  #stop: AbortController | null = null;

  constructor(options: LiveEventsOptions) {
    this.#options = options;
  }

  /** Both are for `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): LiveSnapshot => this.#snapshot;

  start(): void {
    if (this.#stop !== null) return;
    this.#stop = new AbortController();
    void this.#run(this.#stop.signal);
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  #set(change: Partial<LiveSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        const events = await this.#options.watch(signal);
        // Read after the line is up, so that nothing falls between the list and the line.
        const rows = await this.#options.latest(signal);
        failures = 0;
        this.#set({ state: 'up', loaded: true, rows: mergeRows(this.#snapshot.rows, rows) });
        this.#options.onChange();
        for await (const row of events) this.#take(row);
      } catch (error) {
        if (signal.aborted) return;
        if (callFailure(error) === 'signed-out') {
          this.#options.onSignedOut();
          return;
        }
      }
      if (signal.aborted) return;
      this.#set({ state: 'down' });
      await this.#options.pause(RECONNECT_DELAYS[Math.min(failures, RECONNECT_DELAYS.length - 1)] ?? 0, signal);
      failures += 1;
    }
  }

  #take(row: EventRow): void {
    const rows = mergeRows(this.#snapshot.rows, [row]);
    const arrived = new Map(
      [...this.#snapshot.arrived, [row.id, this.#options.now()] as const].filter(([id]) =>
        rows.some((kept) => kept.id === id),
      ),
    );
    this.#set({ rows, arrived });
    this.#options.onChange();
  }
}
