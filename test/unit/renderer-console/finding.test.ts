import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findItems, findResidents, firstOfEachType } from '#renderer/dock/finding.ts';
import { itemKey, itemLabel } from '#shared/lending/item-code.ts';

const item = (number: number, home: string, zh: string, en: string) => ({
  item: itemKey(number),
  label: itemLabel(itemKey(number)),
  typeName: { zh, en },
  note: number % 2 === 0 ? null : { zh: '红色', en: 'red' },
  home,
});

const items = [
  item(1, 'LF', '雨伞', 'Umbrella'),
  item(2, 'LD', '雨伞', 'Umbrella'),
  item(3, 'LD', '雨伞', 'Umbrella'),
  item(4, 'LD', '图书', 'Book'),
];
const numbers = (found: typeof items) => found.map(({ item: key }) => Number(key.slice(3)));

describe('finding an item', () => {
  it('lists those of this station first', () => {
    expect(numbers(findItems(items, '', 'LD'))).toEqual([2, 3, 4, 1]);
  });

  it('takes number, type and note in either language, in any order', () => {
    expect(numbers(findItems(items, '000003', 'LD'))).toEqual([3]);
    expect(numbers(findItems(items, 'red umbrella', 'LD'))).toEqual([3, 1]);
    expect(numbers(findItems(items, ' 图书 ', 'LF'))).toEqual([4]);
    expect(findItems(items, '轮椅', 'LD')).toEqual([]);
  });

  it('offers one of each type at hand', () => {
    expect(numbers(firstOfEachType(items, 'LD'))).toEqual([2, 4]);
    expect(firstOfEachType(items, 'YJ')).toEqual([]);
  });
});

describe('finding a resident', () => {
  const LF = { zh: '柳芳园', en: 'Liufang Garden' };
  const LD = { zh: '柳度园', en: 'Liudu Garden' };
  const residents = [
    { name: '王示春', garden: LF },
    { name: '李示秋', garden: LD },
    { name: '王示冬', garden: LD },
  ];

  it('keeps the number of the card, those near first', () => {
    expect(findResidents(residents, '', [LD.zh]).map(({ index }) => index)).toEqual([1, 2, 0]);
    expect(findResidents(residents, '王', [LD.zh]).map(({ index }) => index)).toEqual([2, 0]);
  });

  it('loses nobody where nothing is searched for', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: fc.string(), garden: fc.constantFrom(LF, LD) })), (people) => {
        const found = findResidents(people, '', [LD.zh]);
        expect(found.map(({ index }) => index).sort((a, b) => a - b)).toEqual(people.map((_, index) => index));
      }),
    );
  });
});
