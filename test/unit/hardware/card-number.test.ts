import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_NUMBER_FORMS, formatCardNumber, parseCardNumber } from '#hardware/protocol/card-number.ts';
import { uidOf } from '#hardware/protocol/ic-card.ts';
import { mayBear, readPrintedNumber } from '#hardware/protocol/printed-card-number.ts';
import { hex } from './byte-streams.ts';
import { icCardCases } from './ic-card-cases.ts';

const uid = fc.uint8Array({ minLength: 4, maxLength: 10 });
const form = fc.constantFrom(...CARD_NUMBER_FORMS);

describe('numbers', () => {
  it.each(icCardCases.numbers)('$uid: $why', ({ uid: digits, forms }) => {
    for (const one of CARD_NUMBER_FORMS) {
      const number = forms[one];
      if (number === undefined) continue;
      expect(formatCardNumber(one, hex(digits))).toBe(number);
      expect(digits.endsWith(uidOf(parseCardNumber(one, number) ?? new Uint8Array()))).toBe(true);
      expect(parseCardNumber(one, number)).not.toBe(null);
    }
  });

  it('stand for the last bytes of their card, in each form', () => {
    fc.assert(
      fc.property(uid, form, (bytes, one) => {
        const number = formatCardNumber(one, bytes)!;
        const back = parseCardNumber(one, number)!;
        expect(back).toEqual(bytes.slice(-back.length));
        expect(formatCardNumber(one, back)).toBe(number);
        expect(parseCardNumber(one, number.replace(',', ''))).toEqual(back);
      }),
    );
  });

  it('are none of a card that is too short', () => {
    expect(CARD_NUMBER_FORMS.map((one) => formatCardNumber(one, hex('6F6C')))).toEqual(
      CARD_NUMBER_FORMS.map(() => null),
    );
  });

  it('are read from no other text, and no text makes an exception', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9,]{0,12}$/), fc.stringMatching(/^[01]{24,36}$/));
    fc.assert(
      fc.property(text, form, (any, one) => {
        const bytes = parseCardNumber(one, any);
        if (bytes === null) return;
        expect(formatCardNumber(one, bytes)?.replace(',', '')).toBe(any.replace(',', ''));
      }),
    );
  });
});

describe('numbers printed on a card', () => {
  it.each(icCardCases.printed)('$printed on $uid: $why', ({ uid: digits, printed, bears }) => {
    expect(readPrintedNumber(printed).some((number) => mayBear(digits, number))).toBe(bears);
  });

  it('are read in each form that they can be', () => {
    expect(readPrintedNumber('0040856634')).toEqual([
      { form: '8H10D', bytes: '026F6C3A' },
      { form: '4H4H', bytes: '0198DD3A' },
      { form: 'hex', bytes: '0040856634' },
    ]);
    expect(readPrintedNumber('11127706')).toEqual([
      { form: '6H8D', bytes: 'A9CB9A' },
      { form: '2H4H', bytes: '6F6C3A' },
      { form: 'hex', bytes: '11127706' },
    ]);
    expect(readPrintedNumber('no number')).toEqual([]);
  });

  it('find their card in each form, also where its bytes are turned about', () => {
    fc.assert(
      fc.property(uid, form, fc.boolean(), (bytes, one, turns) => {
        const number = formatCardNumber(one, turns ? bytes.toReversed() : bytes)!;
        expect(readPrintedNumber(number).some((printed) => mayBear(uidOf(bytes), printed))).toBe(true);
      }),
    );
  });
});
