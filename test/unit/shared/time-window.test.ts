import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { type TimeWindow, timeWindowSchema } from '#shared/content/leaflet.ts';
import { endOfWindow, isOver, isShownAt, nextChange } from '#shared/content/time-window.ts';

const cases = z
  .array(
    z.object({
      why: z.string(),
      zone: z.string(),
      window: timeWindowSchema,
      shown: z.array(z.string()),
      hidden: z.array(z.string()),
      /** After the first moment the next change is at the second. */
      changes: z.array(z.tuple([z.string(), z.string().nullable()])),
      end: z.string().nullable(),
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../cases/time-windows.json'), 'utf8')));

const msOf = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const textOf = (ms: number | null): string | null =>
  ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms).toString();

describe('time-windows.json', () => {
  it.each(cases)('$why', ({ window, zone, shown, hidden, changes, end }) => {
    for (const at of shown) expect([at, isShownAt(window, msOf(at), zone)]).toEqual([at, true]);
    for (const at of hidden) expect([at, isShownAt(window, msOf(at), zone)]).toEqual([at, false]);
    for (const [at, next] of changes) {
      expect([at, textOf(nextChange(window, msOf(at), zone))]).toEqual([at, textOf(next === null ? null : msOf(next))]);
    }
    expect(textOf(endOfWindow(window, zone))).toBe(textOf(end === null ? null : msOf(end)));
  });
});

const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC'];
const two = (value: number): string => String(value).padStart(2, '0');
const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
/** Days of the year 2026, in which each of the zones but two has its changes. */
const wall = fc
  .tuple(fc.nat(364), clock)
  .map(([days, time]) => `${Temporal.PlainDate.from('2026-01-01').add({ days }).toString()}T${time}`);
const windows: fc.Arbitrary<TimeWindow> = fc
  .record({
    from: fc.option(wall),
    until: fc.option(wall),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    hours: fc.option(fc.tuple(clock, clock)),
  })
  .filter((window) => timeWindowSchema.safeParse(window).success);
const moments = fc.integer({ min: msOf('2025-12-20T00:00Z'), max: msOf('2027-01-10T00:00Z') });
const asked = [windows, moments, fc.constantFrom(...ZONES)] as const;

test('it stays as it is until the next change, and is different then', () => {
  fc.assert(
    fc.property(...asked, fc.double({ min: 0, max: 1, noNaN: true }), (window, ms, zone, part) => {
      const next = nextChange(window, ms, zone);
      const before = isShownAt(window, ms, zone);
      const last = next ?? ms + 40 * 86_400_000;
      expect(last).toBeGreaterThan(ms);
      expect(isShownAt(window, last, zone)).toBe(next === null ? before : !before);
      expect(isShownAt(window, Math.floor(ms + (last - 1 - ms) * part), zone)).toBe(before);
    }),
    { numRuns: 2000 },
  );
});

test('it is over when it is not shown and will not be, and not before', () => {
  fc.assert(
    fc.property(...asked, (window, ms, zone) => {
      const shownFromNowOn = isShownAt(window, ms, zone) || nextChange(window, ms, zone) !== null;
      expect(isOver(window, ms, zone)).toBe(!shownFromNowOn);
    }),
    { numRuns: 2000 },
  );
});

test('outside of its bounds it is not shown; without days and hours it is between them', () => {
  fc.assert(
    fc.property(...asked, (window, ms, zone) => {
      // Far from a change of the clocks texts order as moments do.
      const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      const near = [-1, 1].some((days) => at.add({ days }).offset !== at.offset);
      const text = at.toPlainDateTime().toString({ smallestUnit: 'minute' });
      const inside = (window.from === null || window.from <= text) && (window.until === null || text < window.until);
      if (near) return;
      expect(isShownAt(window, ms, zone) && !inside).toBe(false);
      const open = { ...window, weekdays: [1, 2, 3, 4, 5, 6, 7], hours: null };
      expect(isShownAt(open, ms, zone)).toBe(inside);
    }),
    { numRuns: 2000 },
  );
});

test('a day that is in no calendar is no bound', () => {
  const window = { until: null, weekdays: [1], hours: null };
  expect(timeWindowSchema.safeParse({ ...window, from: '2026-02-28T00:00' }).success).toBe(true);
  expect(timeWindowSchema.safeParse({ ...window, from: '2026-02-28T00:00Z' }).success).toBe(false);
  expect(timeWindowSchema.safeParse({ ...window, from: '2026-02-29T00:00' }).success).toBe(false);
  expect(timeWindowSchema.safeParse({ ...window, from: '2026-04-31T00:00' }).success).toBe(false);
});
