import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterQuiet, ALL, back, HOME, homeIn, type Place } from '#renderer/kiosk/leaflets/place.ts';

const LEAFLET: Place = { kind: 'leaflet', id: 'a', from: ALL };
const places: readonly Place[] = [HOME, { kind: 'slides' }, ALL, LEAFLET, { kind: 'leaflet', id: 'a', from: null }];

test('one step back leads home in the end', () => {
  expect(back(LEAFLET)).toBe(ALL);
  expect(back(ALL)).toBe(HOME);
  expect(back({ kind: 'leaflet', id: 'a', from: null })).toBe(HOME);
});

test('whoever goes away is gone after a countdown that comes after a minute', () => {
  expect(afterQuiet(LEAFLET, 69_000, true)).toBe(LEAFLET);
  expect(homeIn(LEAFLET, 59_000)).toBeNull();
  expect(homeIn(LEAFLET, 60_000)).toBe(10);
  expect(homeIn(LEAFLET, 69_500)).toBe(1);
  expect(afterQuiet(LEAFLET, 70_000, true)).toBe(HOME);
  expect(homeIn(HOME, 69_500)).toBeNull();
});

test('an idle screen shows slides after a minute, if there are any', () => {
  expect(afterQuiet(HOME, 59_000, true)).toBe(HOME);
  expect(afterQuiet(HOME, 60_000, true)).toEqual({ kind: 'slides' });
  expect(afterQuiet(HOME, 600_000, false)).toBe(HOME);
  expect(afterQuiet({ kind: 'slides' }, 70_000, false)).toBe(HOME);
});

test('without a touch every place comes to rest, and stays there', () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.boolean(), (place, hasSlides) => {
      let now = place;
      for (const quietMs of [60_000, 120_000, 180_000]) now = afterQuiet(now, quietMs, hasSlides);
      expect(now.kind).toBe(hasSlides ? 'slides' : 'home');
      expect(afterQuiet(now, 240_000, hasSlides)).toEqual(now);
    }),
  );
});
