import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSamId, encodeSamId, formatSamId, parseSamId, type SamId } from '#hardware/protocol/sdt-sam-id.ts';
import { REPLIES } from './sdt-vectors.ts';

const T6: SamId = [5, 3, 20150101, 12345, 1234567890];
const long = fc.nat(0xffffffff);
const id: fc.Arbitrary<SamId> = fc.tuple(fc.nat(0xffff), fc.nat(0xffff), long, long, long);

describe('the number of the security module', () => {
  it('is 2, 2, 4, 4 and 4 bytes, least first (T6)', () => {
    const data = REPLIES.samId.slice(10, -1);
    expect(decodeSamId(data)).toEqual(T6);
    expect(encodeSamId(T6)).toEqual(data);
  });

  it('is printed in one form', () => {
    expect(formatSamId(T6)).toBe('05.03-20150101-0000012345-1234567890');
  });

  it.each([
    ['05.03-20150101-000012345-1234567890', 'nine digits'],
    ['05.03-20150101-0000012345-1234567890', 'ten digits'],
    ['05.03-20150101-0000012345-1234567890 ', 'a space behind'],
    ['5.3-20150101-12345-1234567890', 'no zeros'],
  ])('%s is the same number, in a form with %s', (text) => {
    expect(parseSamId(text)).toEqual(T6);
  });

  it.each(['', '05.03', '05.03-20150101-12345', '99999.03-1-1-1', '05.03-4294967296-1-1', 'x05.03-1-1-1'])(
    '%j is none',
    (text) => {
      expect(parseSamId(text)).toBeNull();
    },
  );

  it.each([0, 15, 17])('%i bytes are none', (length) => {
    expect(decodeSamId(new Uint8Array(length))).toBeNull();
  });

  it('comes back from bytes and from print as it was', () => {
    fc.assert(
      fc.property(id, (numbers) => {
        expect(decodeSamId(encodeSamId(numbers))).toEqual(numbers);
        expect(parseSamId(formatSamId(numbers))).toEqual(numbers);
      }),
    );
  });

  it('any 16 bytes are some number, and that number is these bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (data) => {
        expect(encodeSamId(decodeSamId(data) ?? T6)).toEqual(data);
      }),
    );
  });
});
