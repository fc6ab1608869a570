import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRange } from '#server/blobs/range.ts';
import { type BlobRecord, joinRecords, mayRead } from '#server/blobs/records.ts';

const STATIONS = ['LD', 'LF', 'QM'];
const record: fc.Arbitrary<BlobRecord> = fc.record({
  audiences: fc.subarray(['*', ...STATIONS]),
  senders: fc.subarray(['LD-1', 'LF-1']),
});

test('joined, whoever could read either can read it, and nobody else', () => {
  fc.assert(
    fc.property(record, record, fc.constantFrom(...STATIONS), (one, other, station) => {
      expect(mayRead(joinRecords(one, other), station)).toBe(mayRead(one, station) || mayRead(other, station));
    }),
  );
});

test('in which order and how often records are joined makes no difference', () => {
  fc.assert(
    fc.property(record, record, record, (a, b, c) => {
      const joined = joinRecords(joinRecords(a, b), c);
      expect(joinRecords(c, joinRecords(b, a))).toEqual(joined);
      expect(joinRecords(joined, b)).toEqual(joined);
    }),
  );
});

test('whatever a Range field says, what is read is within the blob', () => {
  const number = fc.nat({ max: 30 }).map(String);
  const field = fc.oneof(
    fc.string(),
    fc.tuple(fc.option(number, { nil: '' }), fc.option(number, { nil: '' })).map(([a, b]) => `bytes=${a}-${b}`),
  );
  fc.assert(
    fc.property(field, fc.nat({ max: 20 }), (text, length) => {
      const range = readRange(text, length);
      const within = (first: number, last: number) => first >= 0 && first <= last && last < length;
      expect(range === null || range === 'wrong-range' || within(range.first, range.last)).toBe(true);
    }),
  );
});
