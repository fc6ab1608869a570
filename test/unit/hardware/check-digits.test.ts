import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  code128Check,
  code39Check,
  endsInGs1CheckDigit,
  endsInGs1CheckPair,
  gs1CheckDigit,
  parseGtin,
} from '#hardware/protocol/check-digits.ts';

describe('GS1 check digit', () => {
  it.each([
    ['629104150021', '3'],
    ['690123456789', '2'],
    ['952123454321', '3'],
  ])('T22: %s has %s', (digits, check) => {
    expect(gs1CheckDigit(digits)).toBe(check);
    expect(endsInGs1CheckDigit(digits + check)).toBe(true);
  });

  it.each(['', 'A', '12A4', '1 2', '１２'])('%j has none', (text) => {
    expect(gs1CheckDigit(text)).toBeNull();
    expect(endsInGs1CheckDigit(text)).toBe(false);
  });

  it('makes every wrong digit wrong', () => {
    const digits = fc.stringMatching(/^\d{1,17}$/);
    fc.assert(
      fc.property(digits, fc.nat(16), fc.integer({ min: 1, max: 9 }), (body, at, more) => {
        const right = `${body}${gs1CheckDigit(body)}`;
        const place = at % right.length;
        const other = (Number(right[place]) + more) % 10;
        const wrong = right.slice(0, place) + String(other) + right.slice(place + 1);
        expect([endsInGs1CheckDigit(right), endsInGs1CheckDigit(wrong)]).toEqual([true, false]);
      }),
    );
  });
});

describe('a GTIN', () => {
  it.each([
    ['EAN-8', '96385074', '00000096385074'],
    ['UPC-A', '036000291452', '00036000291452'],
    ['EAN-13', '6291041500213', '06291041500213'],
    ['GTIN-14', '09521234543213', '09521234543213'],
  ])('%s is compared with 14 digits', (_what, digits, gtin) => {
    expect(parseGtin(digits)).toBe(gtin);
  });

  it.each([
    ['a wrong check digit', '6291041500214'],
    ['nine digits', '963850740'],
    ['a right check digit and no such length', '000006291041500213'],
    ['letters', '62910415O0213'],
    ['nothing', ''],
  ])('with %s is none', (_what, digits) => {
    expect(parseGtin(digits)).toBeNull();
  });
});

describe('Code 39', () => {
  it.each([
    ['123XYZ', 'M'],
    ['A1207-D', 'Q'],
    ['LEND0042', 'Y'],
  ])('T22: %s has %s', (text, check) => {
    expect(code39Check(text)).toBe(check);
  });

  it.each(['', 'a', 'A@B', '红'])('%j has none', (text) => {
    expect(code39Check(text)).toBeNull();
  });
});

describe('Code 128, set B', () => {
  it.each([
    ['LEND0042', 37],
    ['abcdef', 97],
  ])('T22 and 2.5: %s has %i', (text, check) => {
    expect(code128Check(text)).toBe(check);
  });

  it.each(['', 'A\tB', '红', 'é'])('%j has none', (text) => {
    expect(code128Check(text)).toBeNull();
  });

  it('is a value below 103', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{1,80}$/), (text) => {
        expect(code128Check(text)).toBeGreaterThanOrEqual(0);
        expect(code128Check(text)).toBeLessThan(103);
      }),
    );
  });
});

describe('the check pair of a model number', () => {
  it.each([
    ['of the General Specifications', '1987654Ad4X4bL5ttr2310c2K'],
    ['of the character with value 0', '!22'],
    ['of the character with value 13, times 2', '02U'],
  ])('%s', (_what, text) => {
    expect(endsInGs1CheckPair(text)).toBe(true);
  });

  it.each(['', '22', '1987654Ad4X4bL5ttr2310cXK', '1987654Ad4X4bL5ttr2310c2X', '红22', '1'.repeat(26)])(
    '%j has none',
    (text) => {
      expect(endsInGs1CheckPair(text)).toBe(false);
    },
  );
});
