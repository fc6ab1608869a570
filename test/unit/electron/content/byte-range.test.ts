import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byteRange } from '#electron/shell/byte-range.ts';

it('a range lies within the file, whatever is asked for', () => {
  const field = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.nat()).map(([from, to]) => `bytes=${from}-${to}`),
    fc.nat().map((from) => `bytes=${from}-`),
    fc.nat().map((last) => `bytes=-${last}`),
  );
  fc.assert(
    fc.property(field, fc.integer({ min: 1, max: 1_000_000 }), (text, length) => {
      const range = byteRange(text, length);
      if (range === null || range === 'wrong-range') return;
      expect(range.first).toBeGreaterThanOrEqual(0);
      expect(range.last).toBeGreaterThanOrEqual(range.first);
      expect(range.last).toBeLessThan(length);
    }),
  );
});
