/**
 * Hybrid logical clock (Kulkarni et al. 2014, "Logical Physical Clocks"): close to wall time, never going back, and
 * later than everything the replica has seen.
 */
export interface Hlc {
  /** Milliseconds since 1970. */
  readonly ms: number;
  /** Breaks ties within one millisecond, 0 to 99999. */
  readonly counter: number;
}

const MAX_COUNTER = 99_999;

/** A moment before every other. */
export const HLC_ZERO: Hlc = { ms: 0, counter: 0 };

export function compareHlc(a: Hlc, b: Hlc): number {
  return a.ms - b.ms || a.counter - b.counter;
}

function next(hlc: Hlc): Hlc {
  return hlc.counter < MAX_COUNTER ? { ms: hlc.ms, counter: hlc.counter + 1 } : { ms: hlc.ms + 1, counter: 0 };
}

/** The clock of a new local event: the wall's time, or just after the last one if the wall is not ahead of it. */
export function tick(last: Hlc, wallMs: number): Hlc {
  return wallMs > last.ms ? { ms: wallMs, counter: 0 } : next(last);
}

/** The clock after an event from elsewhere was taken in: the later of the two. */
export function witness(last: Hlc, seen: Hlc): Hlc {
  return compareHlc(seen, last) > 0 ? seen : last;
}

/** Fixed width, so that the order of the texts is the order of the clocks: `001795400000000.00000.LD-1`. */
export function formatHlc(hlc: Hlc, terminal: string): string {
  return `${String(hlc.ms).padStart(15, '0')}.${String(hlc.counter).padStart(5, '0')}.${terminal}`;
}

/** The clock in a text that `hlcSchema` has accepted. */
export function parseHlc(text: string): Hlc {
  return { ms: Number(text.slice(0, 15)), counter: Number(text.slice(16, 21)) };
}
