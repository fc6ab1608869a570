import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gs1Date } from '#hardware/protocol/gs1-date.ts';
import { gs1Value } from '#hardware/protocol/gs1-values.ts';
import { anyElements } from './gs1-arbitrary.ts';

const valueOf = (ai: string, value: string) => gs1Value({ ai, value }, 2026);

describe('decimal numbers', () => {
  it.each([
    ['3103', '001250', '1.250', null],
    ['3100', '001250', '1250', null],
    ['3105', '000001', '0.00001', null],
    ['3200', '000000', '0', null],
    ['3922', '1999', '19.99', null],
    ['3929', '1', '0.000000001', null],
    ['3909', '123456789012345', '123456.789012345', null],
    ['3932', '15605', '0.05', '156'],
    ['3910', '978007', '7', '978'],
    ['3941', '0125', '12.5', null],
    ['3952', '000349', '3.49', null],
  ])('%s %s is %s', (ai, value, decimal, currency) => {
    expect(valueOf(ai, value)).toEqual({ kind: 'decimal', decimal, currency });
  });
});

describe('counts', () => {
  it.each([
    ['30', '00000012', 12],
    ['37', '5', 5],
  ])('%s %s is %i', (ai, value, count) => {
    expect(valueOf(ai, value)).toEqual({ kind: 'count', count });
  });
});

describe('dates', () => {
  it.each([
    ['a day', '17', '261231', [['2026-12-31', true, null]]],
    ['a month, by its last day', '15', '280200', [['2028-02-29', false, null]]],
    ['the year 50 ahead', '17', '760101', [['2076-01-01', true, null]]],
    ['the year 49 back', '11', '770101', [['1977-01-01', true, null]]],
    ['a day and time', '7003', '2612312359', [['2026-12-31', true, '23:59']]],
    ['a day with an hour', '8008', '26123107', [['2026-12-31', true, '07']]],
    ['a day to the second', '8008', '261231070809', [['2026-12-31', true, '07:08:09']]],
    ['a day with no time', '7011', '261231', [['2026-12-31', true, null]]],
    ['one day of harvest', '7007', '260901', [['2026-09-01', true, null]]],
    [
      'days of harvest',
      '7007',
      '260901260930',
      [
        ['2026-09-01', true, null],
        ['2026-09-30', true, null],
      ],
    ],
    ['a birthday', '7250', '19491231', [['1949-12-31', true, null]]],
    ['a time of birth', '7251', '194912310001', [['1949-12-31', true, '00:01']]],
    ['a delivery not before', '4324', '2612000000', [['2026-12-31', false, '00:00']]],
  ])('%s', (_what, ai, value, moments) => {
    const dates = moments.map(([date, isDayGiven, time]) => ({ date, isDayGiven, time }));
    expect(valueOf(ai, value)).toEqual({ kind: 'dates', dates });
  });

  it('a leap day that this century lacks stays text', () => {
    expect(gs1Value({ ai: '17', value: '000229' }, 2026)).toMatchObject({ kind: 'dates' });
    expect(gs1Value({ ai: '17', value: '000229' }, 2080)).toEqual({ kind: 'text', text: '000229' });
  });

  it.each([
    [2026, '77', '1977'],
    [2026, '76', '2076'],
    [2099, '00', '2100'],
    [2099, '49', '2149'],
    [2099, '50', '2050'],
    [2000, '50', '2050'],
    [2000, '51', '1951'],
  ])('seen from %i, year %s is %s', (thisYear, two, year) => {
    expect(gs1Date(`${two}0101`, thisYear)?.date).toBe(`${year}-01-01`);
  });

  it.each(['', '2612', '26123', '261232', '260431', '26123A', '2612311', '20260229'])('%j is none', (digits) => {
    expect(gs1Date(digits, 2026)).toBeNull();
  });

  it('any two-digit year is at most 49 back and 50 ahead', () => {
    const year = fc.integer({ min: 1950, max: 2400 });
    fc.assert(
      fc.property(year, fc.nat(99), (thisYear, two) => {
        const seen = Number(gs1Date(`${String(two).padStart(2, '0')}0101`, thisYear)?.date.slice(0, 4));
        expect(seen % 100).toBe(two);
        expect(seen - thisYear).toBeGreaterThanOrEqual(-49);
        expect(seen - thisYear).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe('all else', () => {
  it.each([
    ['10', 'L7'],
    ['01', '09521234543213'],
    ['20', '07'],
    ['7004', '0007'],
    ['4309', '02790858483015297971'],
  ])('%s is text', (ai, value) => {
    expect(valueOf(ai, value)).toEqual({ kind: 'text', text: value });
  });

  it('any element means something', () => {
    fc.assert(
      fc.property(anyElements, fc.integer({ min: 2000, max: 2199 }), (elements, thisYear) => {
        const kinds = elements.map((element) => gs1Value(element, thisYear).kind);
        expect(kinds).toEqual(elements.map(() => expect.stringMatching(/^(?:decimal|count|dates|text)$/)));
      }),
    );
  });
});
