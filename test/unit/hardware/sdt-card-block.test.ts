import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CardBlock,
  type CitizenCard,
  decodeCardBlock,
  encodeCardBlock,
  type ForeignerCard2017,
  type ForeignerCard2023,
  LONG_TERM,
  type PermitCard,
  type Sex,
} from '#hardware/protocol/sdt-card-block.ts';
import { decodeCard, encodeCard } from '#hardware/protocol/sdt-card.ts';
import { hex } from './byte-streams.ts';
import { J_TEXT, T10_TEXT, T12_TEXT, textBlock, Y_TEXT } from './sdt-vectors.ts';

const CITIZEN: CitizenCard = {
  type: 'citizen',
  name: '测试员',
  sex: 'female',
  nationCode: '01',
  birth: '19491231',
  address: '北京市朝阳区示例路1号院2号楼 3单元',
  number: '11010519491231002X',
  authority: '北京市公安局朝阳分局',
  validFrom: '20200101',
  validTo: LONG_TERM,
};

const PERMIT: PermitCard = {
  type: 'J',
  name: '陈示安',
  sex: 'male',
  birth: '19940823',
  address: '示例路 7 号',
  number: '810000199408230021',
  authority: '示例市公安局',
  validFrom: '20200101',
  validTo: '20250101',
  passNumber: 'H00000001',
  issueCount: '02',
};

const OF_2017: ForeignerCard2017 = {
  type: 'I',
  englishName: 'TESTER, ALICE',
  sex: 'female',
  number: 'XXA110080010101',
  nationality: 'XXA',
  chineseName: '测试乙',
  validFrom: '20180101',
  validTo: '20280101',
  birth: '19800101',
  cardVersion: '01',
  acceptingOffice: '1100',
};

const OF_2023: ForeignerCard2023 = {
  type: 'Y',
  chineseName: '艾示',
  sex: 'not-stated',
  renewalCount: '01',
  birth: '19800101',
  englishName: 'TESTER, ALBERTINE BARTHOLOMEA CECILIA DOROTHY',
  number: '911000198001010019',
  validFrom: '20240101',
  validTo: '20340101',
  nationality: '999',
  oldCardLink: 'A7',
};

function whole<Card>(card: Card | null): Card {
  if (card === null) throw new Error('no card');
  return card;
}

describe('text blocks of all types', () => {
  it.each<[string, Uint8Array, CardBlock]>([
    ['a citizen’s (T10)', T10_TEXT, CITIZEN],
    ['a permit of Hong Kong, Macao and Taiwan residents', J_TEXT, PERMIT],
    ['a foreigner’s of 2017 (T12)', T12_TEXT, OF_2017],
    ['a foreigner’s of 2023', Y_TEXT, OF_2023],
  ])('%s: every field, and the same bytes back', (_name, block, card) => {
    expect(decodeCardBlock(block)).toEqual(card);
    expect(encodeCardBlock(card)).toEqual(block);
  });

  it('end in the bytes of the device notes (T12)', () => {
    const tail = '30 00 31 00 31 00 31 00 30 00 30 00 49 00 20 00 20 00 20 00';
    expect(encodeCardBlock(OF_2017).slice(236)).toEqual(hex(tail));
  });

  it('a permit’s two places of the nation are not read', () => {
    const block = J_TEXT.slice();
    block.set([0x30, 0, 0x31, 0], 32);
    expect(decodeCardBlock(block)).toEqual(PERMIT);
  });

  it('an English name that ends its first place with a space keeps it', () => {
    const englishName = `${'TESTER, '.padEnd(34, 'A')} BETTY`;
    expect(decodeCardBlock(encodeCardBlock({ ...OF_2023, englishName }))).toEqual({ ...OF_2023, englishName });
  });

  it.each<[string, Sex]>([
    ['0', 'unknown'],
    ['1', 'male'],
    ['2', 'female'],
    ['9', 'not-stated'],
    ['5', 'unknown'],
    [' ', 'unknown'],
  ])('sex %j is %s (GB/T 2261.1)', (code, sex) => {
    const fields = textBlock([
      ['', 30],
      [code, 2],
      ['', 224],
    ]);
    expect(decodeCardBlock(fields)?.sex).toBe(sex);
  });

  it.each(['citizen', 'J', 'I', 'Y'] as const)('a card of type %s may be valid for good', (type) => {
    const cards = { citizen: CITIZEN, J: PERMIT, I: OF_2017, Y: OF_2023 };
    const block = encodeCardBlock({ ...cards[type], validTo: LONG_TERM });
    expect(decodeCardBlock(block)?.validTo).toBe('长期');
    block.set([0x20, 0, 0x7f, 0x95, 0x1f, 0x67], 204);
    expect(decodeCardBlock(block)?.validTo).toBe('长期');
  });

  it('the letter at 248 decides, and any other is a citizen’s', () => {
    const letters = ['I', 'J', 'Y', ' ', 'A', 'i', '0'];
    const types = letters.map((letter) => {
      const block = T10_TEXT.slice();
      block[248] = letter.charCodeAt(0);
      return decodeCardBlock(block)?.type;
    });
    expect(types).toEqual(['I', 'J', 'Y', 'citizen', 'citizen', 'citizen', 'citizen']);
  });

  it.each([0, 255, 257, 1024])('%i bytes are no card', (length) => {
    expect(decodeCardBlock(new Uint8Array(length))).toBeNull();
  });
});

describe('what a driver is told of them', () => {
  it.each([
    [T10_TEXT, '测试员', '汉', '11010519491231002X'],
    [J_TEXT, '陈示安', '', '810000199408230021'],
    [T12_TEXT, 'TESTER, ALICE', 'XXA', 'XXA110080010101'],
    [Y_TEXT, '艾示', '999', '911000198001010019'],
  ])('name, nation and number (%#)', (block, name, nation, number) => {
    expect(decodeCard(block)).toMatchObject({ name, nation, number });
  });

  it('the other name where the first is empty', () => {
    expect(decodeCard(encodeCardBlock({ ...OF_2017, englishName: '' }))?.name).toBe('测试乙');
    expect(decodeCard(encodeCardBlock({ ...OF_2023, chineseName: '' }))?.name).toBe(OF_2023.englishName);
  });

  it.each(['J', 'I', 'Y'] as const)('is read as it was written, where the card has such a field (%s)', (type) => {
    const shown = whole(decodeCard({ J: J_TEXT, I: T12_TEXT, Y: Y_TEXT }[type]));
    expect(decodeCard(encodeCard(shown))).toEqual(shown);
    const latin = { ...shown, name: 'TESTER, ALBERTINE' };
    expect(decodeCard(encodeCard(latin))?.name).toBe(type === 'J' ? 'TESTER, ALBERTI' : 'TESTER, ALBERTINE');
  });
});

describe('any card', () => {
  const text = (longest: number) =>
    fc
      .array(fc.constantFrom(...'王 李 示 · 𠮷 A B 1 2 号 ,'.split(' '), ' '), { maxLength: longest })
      .map((characters) =>
        characters
          .join('')
          .slice(0, longest)
          .replace(/[ \ud800-\udbff]+$/, ''),
      );
  const common = {
    sex: fc.constantFrom<Sex>('unknown', 'male', 'female', 'not-stated'),
    birth: text(8),
    validFrom: text(8),
    validTo: fc.oneof(text(8), fc.constant(LONG_TERM)),
  };
  const resident = { ...common, name: text(15), address: text(35), number: text(18), authority: text(15) };
  const latin = (longest: number) =>
    fc.stringMatching(new RegExp(`^[A-Z, ]{0,${longest}}$`)).map((name) => name.trimEnd());
  const card: fc.Arbitrary<CardBlock> = fc.oneof(
    fc.record({ type: fc.constant('citizen' as const), ...resident, nationCode: text(2) }),
    fc.record({ type: fc.constant('J' as const), ...resident, passNumber: text(9), issueCount: text(2) }),
    fc.record({
      type: fc.constant('I' as const),
      ...common,
      englishName: latin(60),
      number: text(15),
      nationality: text(3),
      chineseName: text(15),
      cardVersion: text(2),
      acceptingOffice: text(4),
    }),
    fc.record({
      type: fc.constant('Y' as const),
      ...common,
      chineseName: text(15),
      englishName: latin(46),
      number: text(18),
      renewalCount: text(2),
      nationality: text(3),
      oldCardLink: text(3),
    }),
  );

  it('is read as it was written', () => {
    fc.assert(
      fc.property(card, (written) => {
        expect(decodeCardBlock(encodeCardBlock(written))).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });

  it('texts too long for their place run into no other', () => {
    const tooLong = fc.constantFrom('王'.repeat(200), '𠮷'.repeat(200), 'A𠮷'.repeat(99));
    fc.assert(
      fc.property(card, tooLong, (written, name) => {
        const [nameless, named] = ['', name].map((number) => decodeCardBlock(encodeCardBlock({ ...written, number })));
        expect(named).toEqual({ ...nameless, number: named?.number });
        expect(named?.number).not.toContain('\ufffd');
      }),
    );
  });

  it('any 256 bytes are some card or other, and once read and written it stays the same', () => {
    const letter = fc.constantFrom(0x20, 0x49, 0x4a, 0x59);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), letter, (block, type) => {
        block.set([type, 0], 248);
        const once = whole(decodeCardBlock(block));
        expect(decodeCardBlock(encodeCardBlock(once))).toEqual(once);
      }),
    );
  });
});
