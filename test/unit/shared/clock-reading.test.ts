import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import cases from '../../cases/clock.json' with { type: 'json' };
import { type Anchor, readClock } from '#shared/ledger/clock-reading.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 23, 4);

describe('readClock', () => {
  test.each(cases)('$why', ({ wall, passed, anchor, lastEvent, expect: wanted }) => {
    const at: Anchor | null =
      anchor === null ? null : { at: NOON + anchor.hours * HOUR, monotonic: 0, confirmed: anchor.by === 'server' };
    const read = readClock(
      { wall: NOON + wall * HOUR, monotonic: passed * HOUR },
      0,
      { ms: NOON + lastEvent * HOUR, counter: 0 },
      at,
    );
    expect({ time: (read.ms - NOON) / HOUR, doubted: read.doubted }).toEqual(wanted);
  });

  it('is whole milliseconds, though a monotonic clock goes in fractions: the ledger keeps whole numbers', () => {
    const anchor = { at: NOON, monotonic: 100.25, confirmed: true };
    const last = { ms: NOON, counter: 0 };
    const doubted = readClock({ wall: NOON - 2 * HOUR, monotonic: 1100.875 }, 0, last, anchor);
    expect(doubted).toEqual({ ms: NOON + 1000, doubted: true });
    expect(readClock({ wall: NOON, monotonic: 1100.875 }, 0.5, last, anchor)).toEqual({ ms: NOON, doubted: false });
  });

  it('is never far from the truth once the server has spoken, whatever the wall clock does', () => {
    const hours = fc.double({ min: -100_000, max: 100_000, noNaN: true });
    const passed = fc.double({ min: 0, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(hours, passed, hours, (wall, since, last) => {
        const anchor = { at: NOON, monotonic: 0, confirmed: true };
        const clocks = { wall: NOON + wall * HOUR, monotonic: since * HOUR };
        const { ms, doubted } = readClock(clocks, 0, { ms: NOON + last * HOUR, counter: 0 }, anchor);
        const truth = NOON + since * HOUR;
        expect(ms).toBeGreaterThanOrEqual(truth - 60_000 - 1);
        expect(ms).toBeLessThanOrEqual(truth + 24 * HOUR + 1);
        expect(doubted ? ms : Math.floor(truth)).toBe(Math.floor(truth));
      }),
    );
  });
});
