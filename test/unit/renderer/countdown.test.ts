import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { secondsLeft } from '#renderer/kiosk/countdown.ts';

test('counts from when the view came, and shows 0 only when it is over', () => {
  expect(secondsLeft(28_000, 5000, 5000)).toBe(28);
  expect(secondsLeft(28_000, 5000, 5001)).toBe(28);
  expect(secondsLeft(28_000, 5000, 6000)).toBe(27);
  expect(secondsLeft(28_000, 5000, 32_999)).toBe(1);
  expect(secondsLeft(28_000, 5000, 33_000)).toBe(0);
});

test('never rises as time goes by and never falls below 0', () => {
  const ms = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(ms, ms, ms, (endsInMs, receivedAt, passed) => {
      const first = secondsLeft(endsInMs, receivedAt, receivedAt + passed);
      const later = secondsLeft(endsInMs, receivedAt, receivedAt + passed + 1);
      expect(later).toBeLessThanOrEqual(first);
      expect(later).toBeGreaterThanOrEqual(0);
    }),
  );
});
