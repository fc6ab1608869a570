import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NATIONS } from '#hardware/protocol/nations.ts';
import { decodeCard, encodeCard, type IdCard } from '#hardware/protocol/sdt-card.ts';
import { T10_CARD } from '../../fixtures/cards.ts';
import { T10_TEXT, T12_TEXT, textBlock } from './sdt-vectors.ts';

describe('text blocks', () => {
  it('a citizen’s card, with a space inside the address and no end of validity (T10)', () => {
    expect(decodeCard(T10_TEXT)).toEqual(T10_CARD);
    expect(encodeCard(T10_CARD)).toEqual(T10_TEXT);
  });

  it('a foreigner’s card of 2017 (T12)', () => {
    expect(decodeCard(T12_TEXT)).toEqual({
      type: 'I',
      name: 'TESTER, ALICE',
      sex: 'female',
      nation: 'XXA',
      birth: '19800101',
      address: '',
      number: 'XXA110080010101',
      authority: '1100',
      validFrom: '20180101',
      validTo: '20280101',
    });
  });

  it('a residence permit for Hong Kong, Macao and Taiwan residents has no nation', () => {
    const block = textBlock([
      ['陈示安', 30],
      ['1', 2],
      ['', 4],
      ['19940823', 16],
      ['示例路 7 号', 70],
      ['810000199408230021', 36],
      ['示例市公安局', 30],
      ['20200101', 16],
      ['20250101', 16],
      ['H00000001', 18],
      ['01', 4],
      ['', 6],
      ['J', 2],
      ['', 6],
    ]);
    const card = decodeCard(block);
    expect(card).toMatchObject({ type: 'J', name: '陈示安', sex: 'male', nation: '', number: '810000199408230021' });
  });

  const cardOf2023 = (chinese: string, english35: string, englishRest: string) =>
    textBlock([
      [chinese, 30],
      ['1', 2],
      ['01', 4],
      ['19800101', 16],
      [english35, 70],
      ['911000198001010019', 36],
      ['', 30],
      ['20240101', 16],
      ['20340101', 16],
      [englishRest, 22],
      ['999', 6],
      ['Y', 2],
      ['', 6],
    ]);

  it('a foreigner’s card of 2023 has the Chinese name, or else the English one from its two places', () => {
    expect(decodeCard(cardOf2023('艾示', 'TESTER, ALBERT', ''))).toMatchObject({
      type: 'Y',
      name: '艾示',
      nation: '999',
      number: '911000198001010019',
    });
    expect(decodeCard(cardOf2023('', 'TESTER, ALBERT', ''))?.name).toBe('TESTER, ALBERT');
    const long = 'TESTER, ALBERTINE BARTHOLOMEA CECILIA DOROTHY';
    expect(decodeCard(cardOf2023('', long.slice(0, 35), long.slice(35)))?.name).toBe(long);
  });

  it('is 256 bytes long or no card', () => {
    for (const length of [0, 255, 257]) expect(decodeCard(new Uint8Array(length))).toBeNull();
  });

  it('a sex that the standard does not name as male or female is unknown', () => {
    for (const code of ['0', '9', ' ']) {
      expect(
        decodeCard(
          textBlock([
            ['', 30],
            [code, 2],
            ['', 224],
          ]),
        )?.sex,
      ).toBe('unknown');
    }
  });
});

describe('nations', () => {
  it('are the 56 of GB 3304 and two conventions', () => {
    expect(Object.keys(NATIONS)).toHaveLength(58);
    expect(new Set(Object.values(NATIONS)).size).toBe(58);
    expect([NATIONS['01'], NATIONS['46'], NATIONS['56'], NATIONS['98']]).toEqual(['汉', '德昂', '基诺', '外国血统']);
  });

  it('a code that is not among them is shown as it is', () => {
    expect(
      decodeCard(
        textBlock([
          ['', 32],
          ['60', 4],
          ['', 220],
        ]),
      )?.nation,
    ).toBe('60');
  });
});

describe('any card', () => {
  const words = (longest: number) =>
    fc
      .array(fc.constantFrom(...'王李示春夏·AB12 号院'.split('')), { maxLength: longest })
      .map((characters) => characters.join('').trimEnd());
  const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
  const card: fc.Arbitrary<IdCard> = fc.record({
    type: fc.constant('citizen' as const),
    name: words(15),
    sex: fc.constantFrom('male', 'female', 'unknown'),
    nation: fc.constantFrom(...Object.values(NATIONS)),
    birth: digits(8),
    address: words(35),
    number: digits(17).map((first17) => `370899${first17.slice(6)}X`),
    authority: words(15),
    validFrom: digits(8),
    validTo: fc.oneof(digits(8), fc.constant('长期')),
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(card, (written) => {
        expect(decodeCard(encodeCard(written))).toEqual(written);
      }),
    );
  });

  it('fields too long for their place do not run into the next', () => {
    fc.assert(
      fc.property(card, (written) => {
        const back = decodeCard(encodeCard({ ...written, name: '王'.repeat(40), address: '号'.repeat(90) }));
        expect(back).toEqual({ ...written, name: '王'.repeat(15), address: '号'.repeat(35) });
      }),
    );
  });

  it('any 256 bytes are some card or other, never a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), (block) => {
        expect(['citizen', 'I', 'J', 'Y']).toContain(decodeCard(block)?.type);
      }),
    );
  });
});
