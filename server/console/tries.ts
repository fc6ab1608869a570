export interface TriesOptions {
  /** Tries within a pause. */
  readonly most: number;
  readonly pauseMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** More keys than this are tidied up: those whose pause is over are forgotten. */
const MOST_KEYS = 10_000;

/** Counts tries by key: so many within a time, and then none until it is over. */
export function createTries({ most, pauseMs, now }: TriesOptions) {
  const tries = new Map<string, { count: number; readonly since: number }>();

  const isOver = (since: number) => now() - since > pauseMs;

  return {
    /** Counts a try, or says that there have been too many. */
    take(key: string): boolean {
      if (tries.size > MOST_KEYS) {
        for (const [each, { since }] of tries) if (isOver(since)) tries.delete(each);
      }
      const known = tries.get(key);
      if (known === undefined || isOver(known.since)) {
        tries.set(key, { count: 1, since: now() });
        return true;
      }
      if (known.count >= most) return false;
      known.count += 1;
      return true;
    },

    /** It was right: what was wrong before does not count any more. */
    forget(key: string): void {
      tries.delete(key);
    },
  };
}
