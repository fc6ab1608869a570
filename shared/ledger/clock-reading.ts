import type { Hlc } from './clock.ts';

/** A wall clock this far behind where it must be is doubted; clocks of two machines differ by less without harm. */
const BEHIND_MS = 60_000;

/** A wall clock this far ahead of where it should be is doubted (ledger.md, Clocks). */
export const AHEAD_MS = 24 * 3_600_000;

/** What the clocks of a machine say at one moment, milliseconds. */
export interface Clocks {
  /** Since 1970; may be wrong and may jump. */
  readonly wall: number;
  /** Since some moment; only ever goes forward, and starts anew with the process. */
  readonly monotonic: number;
}

/** The last moment at which the time was known: by the server's word, or from the last event in the log. */
export interface Anchor {
  readonly at: number;
  readonly monotonic: number;
  /** By the server's word. */
  readonly confirmed: boolean;
}

/** What time it is, and whether the wall clock was believed. */
export interface Reading {
  readonly ms: number;
  readonly doubted: boolean;
}

/**
 * The time of a new event. The corrected wall clock counts unless it lies behind the last event (behind what the server
 * said, once it has), or a day and more ahead of where the monotonic clock says it should be: then time goes on from the
 * anchor by what has passed since.
 */
export function readClock(clocks: Clocks, offsetMs: number, last: Hlc, anchor: Anchor | null): Reading {
  const corrected = clocks.wall + offsetMs;
  if (anchor === null) return { ms: Math.floor(corrected), doubted: false };
  const expected = anchor.at + Math.max(0, clocks.monotonic - anchor.monotonic);
  const earliest = (anchor.confirmed ? expected : last.ms) - BEHIND_MS;
  const doubted = corrected < earliest || corrected > expected + AHEAD_MS;
  // The monotonic clock goes in fractions; the ledger keeps whole milliseconds.
  return { ms: Math.floor(doubted ? expected : corrected), doubted };
}
