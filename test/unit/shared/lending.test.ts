import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dueAt } from '#shared/lending/due.ts';
import { itemKey, itemLabel, parseItemLabel } from '#shared/lending/item-code.ts';
import cases from '../../cases/due.json' with { type: 'json' };

describe('due times', () => {
  const dueCases = z
    .array(z.object({ why: z.string(), period: z.string(), zone: z.string(), lent: z.string(), due: z.string() }))
    .parse(cases);

  it.each(dueCases)('$why', ({ period, zone, lent, due }) => {
    expect(dueAt(period, Date.parse(lent), { zone, week: null, days: {} })).toBe(due);
  });

  it('no item is due before it was lent', () => {
    const period = fc.oneof(
      fc.integer({ min: 1, max: 60 }).map((days) => `P${days}D`),
      fc.integer({ min: 1, max: 100 }).map((hours) => `PT${hours}H`),
    );
    const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia');
    fc.assert(
      fc.property(period, zone, fc.integer({ min: 1.7e12, max: 2.2e12 }), (length, where, lent) => {
        expect(Date.parse(dueAt(length, lent, { zone: where, week: null, days: {} }))).toBeGreaterThan(lent);
      }),
    );
  });
});

describe('item labels', () => {
  const number = fc.integer({ min: 0, max: 999_999 });

  it('has the check digits of ISO/IEC 7064 MOD 97-10: letters as numbers, the whole is 1 modulo 97', () => {
    fc.assert(
      fc.property(number, (n) => {
        const digits = itemLabel(itemKey(n)).replaceAll('-', '').replace('H', '17').replace('F', '15');
        expect(digits).toHaveLength(12);
        expect(BigInt(digits) % 97n).toBe(1n);
      }),
    );
  });

  it('parses however a scanner, a person or a QR code spells it', () => {
    const label = itemLabel('HF-000123');
    for (const text of [
      label,
      label.toLowerCase(),
      label.replaceAll('-', ''),
      `  ${label.replaceAll('-', ' ')}\t`,
      `https://station.example/i/${label}?from=qr`,
    ]) {
      expect(parseItemLabel(text)).toBe('HF-000123');
    }
  });

  it('round-trips every number', () => {
    fc.assert(
      fc.property(number, (n) => {
        expect(parseItemLabel(itemLabel(itemKey(n)))).toBe(itemKey(n));
      }),
    );
  });

  /** Where the eight digits of a label stand. */
  const places = [3, 4, 5, 6, 7, 8, 10, 11];

  it('catches every single wrong digit', () => {
    fc.assert(
      fc.property(number, fc.constantFrom(...places), fc.nat(9), (n, place, digit) => {
        const label = itemLabel(itemKey(n));
        fc.pre(label[place] !== String(digit));
        expect(parseItemLabel(label.slice(0, place) + digit + label.slice(place + 1))).toBeNull();
      }),
    );
  });

  it('catches every swap of two neighbouring digits', () => {
    fc.assert(
      fc.property(number, fc.nat(places.length - 2), (n, at) => {
        const characters = itemLabel(itemKey(n)).split('');
        const [left, right] = [places[at]!, places[at + 1]!];
        fc.pre(characters[left] !== characters[right]);
        [characters[left], characters[right]] = [characters[right]!, characters[left]!];
        expect(parseItemLabel(characters.join(''))).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no other text for a label, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        fc.pre(!text.toUpperCase().includes('HF'));
        expect(parseItemLabel(text)).toBeNull();
      }),
    );
    for (const text of ['6901234567892', '11010519491231002X', 'LD-20261122-007', '']) {
      expect(parseItemLabel(text)).toBeNull();
    }
  });
});
