import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALWAYS, timeWindowSchema, type TimeWindow } from '#shared/content/leaflet.ts';
import { dateAt, daysFrom, isShownOn } from '#shared/content/schedule.ts';
import { isShownAt } from '#shared/content/time-window.ts';

const ZONE = 'Asia/Shanghai';
const shownOn = (window: Partial<TimeWindow>) =>
  daysFrom('2026-11-23', 7).filter((day) => isShownOn({ ...ALWAYS, ...window }, day, ZONE));

test('days on which a leaflet is shown, however short', () => {
  expect(shownOn({})).toHaveLength(7);
  expect(shownOn({ weekdays: [6, 7] })).toEqual(['2026-11-28', '2026-11-29']);
  expect(shownOn({ from: '2026-11-25T18:00', until: '2026-11-26T00:00' })).toEqual(['2026-11-25']);
  expect(shownOn({ weekdays: [3], hours: ['18:00', '18:01'] })).toEqual(['2026-11-25']);
  // Over midnight it is of the day on which it begins, and still shown on the next.
  expect(shownOn({ weekdays: [3], hours: ['22:00', '06:00'] })).toEqual(['2026-11-25', '2026-11-26']);
  expect(shownOn({ until: '2026-11-23T00:00' })).toEqual([]);
});

test('the date is that of the station, not of Greenwich', () => {
  expect(dateAt(Date.parse('2026-11-23T17:00:00Z'), ZONE)).toBe('2026-11-24');
});

const clock = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 30))
  .map(([hour, minute]) => [hour, minute].map((part) => String(part).padStart(2, '0')).join(':'));
const anyWindow = fc
  .record({
    from: fc.option(fc.constantFrom('2026-11-24T09:00', '2026-11-26T00:00'), { nil: null }),
    until: fc.option(fc.constantFrom('2026-11-27T12:30', '2026-11-29T00:00'), { nil: null }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    hours: fc.option(fc.tuple(clock, clock), { nil: null }),
  })
  .map((window) => timeWindowSchema.parse(window));

test('a day is marked if and only if some half hour of it shows the leaflet', () => {
  fc.assert(
    fc.property(anyWindow, (window) => {
      for (const day of daysFrom('2026-11-23', 7)) {
        const begins = Date.parse(`${day}T00:00:00+08:00`);
        const half = Array.from({ length: 48 }, (_, step) => begins + step * 1_800_000);
        expect(isShownOn(window, day, ZONE)).toBe(half.some((ms) => isShownAt(window, ms, ZONE)));
      }
    }),
  );
});
