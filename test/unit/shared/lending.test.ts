import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAt, effectiveDue } from '#shared/lending/due.ts';
import { parseWeek } from '#shared/lending/hours-text.ts';
import { itemKey, itemLabel, parseItemLabel } from '#shared/lending/item-code.ts';
import { itemTypeSchema } from '#shared/lending/item-type.ts';
import { calendarOf } from '#shared/lending/next-opening.ts';

describe('due times', () => {
  const period = fc
    .record({ weeks: fc.nat(4), days: fc.nat(60), hours: fc.nat(100), minutes: fc.nat(900) })
    .map(({ weeks, days, hours, minutes }) => {
      const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}`;
      const text = `P${weeks > 0 ? `${weeks}W` : ''}${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
      return text === 'P' ? 'P0D' : text;
    });
  const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu');
  const clock = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
  const hours = fc.array(
    fc.tuple(clock, clock).map(([from, to]) => `${from}-${to}`),
    { maxLength: 3 },
  );
  const week = fc.record({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours });
  const calendar = fc.record({
    zone,
    week: fc.option(week),
    days: fc.dictionary(
      fc.integer({ min: 0, max: 20_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
      hours,
      { maxKeys: 5 },
    ),
  });
  const lent = fc.integer({ min: 1.2e12, max: 2.2e12 });

  it('every period that a definition may have is one that can be counted', () => {
    fc.assert(
      fc.property(period, (text) => {
        expect(itemTypeSchema.shape.period.safeParse(text).success).toBe(true);
      }),
    );
    for (const text of ['P', 'PT', 'P1M', 'P1Y', '3 days', 'P-1D', 'P1.5D', '']) {
      expect(itemTypeSchema.shape.period.safeParse(text).success).toBe(false);
    }
  });

  it('no item is due before it was lent, nor while the station is closed and opens later', () => {
    fc.assert(
      fc.property(period, calendar, lent, (length, where, ms) => {
        const due = dueAt(length, ms, where);
        expect(Date.parse(due)).toBeGreaterThan(ms);
        // Once on an opening, it stays there; and hours never move a due time back.
        expect(effectiveDue(due, where)).toBe(due);
        expect(Date.parse(due)).toBeGreaterThanOrEqual(
          Date.parse(dueAt(length, ms, { ...where, week: null, days: {} })),
        );
      }),
    );
  });

  it('changed hours never make a loan due earlier than its borrower was told', () => {
    fc.assert(
      fc.property(period, calendar, calendar, lent, (length, before, after, ms) => {
        const told = dueAt(length, ms, before);
        expect(Date.parse(effectiveDue(told, after))).toBeGreaterThanOrEqual(Date.parse(told));
      }),
    );
  });

  it('hours are read as people write them, and nothing else is', () => {
    const read = parseWeek('mon-wed 08:00-12:00 14:00-18:00; sat closed;sun 10:00-24:00');
    const weekday = ['08:00-12:00', '14:00-18:00'];
    const sunday = { sat: [], sun: ['10:00-24:00'] };
    expect(read).toEqual({
      ok: true,
      value: { mon: weekday, tue: weekday, wed: weekday, thu: [], fri: [], ...sunday },
    });
    for (const text of ['', 'mon', 'wed-mon 08:00-12:00', 'mon 8-12', 'mon 25:00-26:00', 'someday 08:00-12:00']) {
      expect(parseWeek(text).ok).toBe(false);
    }
  });

  it('a zone that nobody knows is the terminal’s own', () => {
    expect(calendarOf({ zone: 'Nowhere/Land', week: null, days: {} }, null, 'Asia/Shanghai').zone).toBe(
      'Asia/Shanghai',
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
