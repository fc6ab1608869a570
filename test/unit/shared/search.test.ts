import fc from 'fast-check';
import { pinyin } from 'pinyin-pro';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { seedLeaflets } from '#server/seed/leaflets/seed-leaflets.ts';
import { createSearch, createSearchInSlices, type SearchEntry } from '#shared/content/search/search.ts';
import cases from '../../cases/search.json' with { type: 'json' };

const { first } = z.object({ first: z.array(z.tuple([z.string(), z.string()])) }).parse(cases);

const SEED: readonly SearchEntry[] = seedLeaflets().map(({ content: { title, summary, tags } }) => ({
  id: title.zh,
  texts: [
    { text: title.zh, weight: 4 },
    { text: title.en ?? '', weight: 4 },
    { text: tags.join(' '), weight: 2 },
    { text: summary.zh, weight: 1 },
    { text: summary.en ?? '', weight: 1 },
  ],
}));
const seed = createSearch(SEED);

test.each(first)('%s finds %s first', (query, title) => {
  expect(seed.find(query)[0]).toBe(title);
});

const one = (text: string) => createSearch([{ id: 'it', texts: [{ text, weight: 1 }] }]);

describe('Chinese is read as people read it', () => {
  test.each([
    ['重庆火锅', 'chongqing'],
    ['重庆火锅', 'zhongqing'],
    ['银行卡', 'yinhang'],
    ['音乐会', 'yinyue'],
    ['音乐会', 'yinle'],
    ['绿色出行', 'lvse'],
    ['绿色出行', 'lüse'],
    ['绿色出行', 'luse'],
    ['西安路', "xi'an"],
    ['朝阳广场', 'cyg'],
  ])('%s by %s', (text, query) => {
    expect(one(text).find(query)).toEqual(['it']);
  });

  test('only where a syllable begins: “an” is no part of “dian”', () => {
    expect(one('电影').find('an')).toEqual([]);
    expect(one('平安').find('an')).toEqual(['it']);
  });

  test('all that is asked for has to be there', () => {
    expect(one('用电安全').find('yongdian 安全')).toEqual(['it']);
    expect(one('用电安全').find('yongdian 消防')).toEqual([]);
  });
});

test('what is nothing finds nothing, and nothing makes it fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (query) => {
      for (const id of seed.find(query)) expect(SEED.some((entry) => entry.id === id)).toBe(true);
    }),
  );
  for (const query of ['', '   ', '，。！', '\u0000', '🙂']) expect(seed.find(query)).toEqual([]);
});

const CHARACTERS = [...new Set(SEED.flatMap(({ id }) => Array.from(id)))].filter((each) =>
  /\p{Script=Han}/u.test(each),
);
const anyTitle = fc
  .array(fc.constantFrom(...CHARACTERS), { minLength: 2, maxLength: 8 })
  .map((characters) => characters.join(''));

test('every title finds itself: as it is written, by pinyin, and by initials', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyTitle, { minLength: 1, maxLength: 40 }), (titles) => {
      const search = createSearch(titles.map((text) => ({ id: text, texts: [{ text, weight: 1 }] })));
      for (const title of titles) {
        const said = pinyin(title, { toneType: 'none', type: 'array', v: true });
        expect(search.find(title)).toContain(title);
        expect(search.find(said.join(''))).toContain(title);
        expect(search.find(said.map((each) => each.charAt(0)).join(''))).toContain(title);
      }
    }),
    { numRuns: 30 },
  );
});

const PUNCTUATED = [...SEED.map(({ id }) => id), '【通知】停水（一期）', '“敬老月”：义诊、理发', '10月1日—7日 值班'];

test.each(PUNCTUATED)('%s finds itself without its punctuation', (title) => {
  const search = createSearch(PUNCTUATED.map((text) => ({ id: text, texts: [{ text, weight: 1 }] })));
  expect(search.find(title.replaceAll(/[\p{P}\s]/gu, ''))[0]).toBe(title);
});

describe('with one fault', () => {
  const faults = fc.record({ at: fc.nat(), kind: fc.constantFrom('wrong', 'missing', 'double', 'changed') });
  const withFault = (word: string, { at, kind }: { at: number; kind: string }) => {
    const place = at % (word.length - 1);
    const [before, it, next, after] = [word.slice(0, place), word[place], word[place + 1], word.slice(place + 2)];
    if (kind === 'wrong') return `${before}${it === 'q' ? 'x' : 'q'}${next}${after}`;
    if (kind === 'missing') return `${before}${next}${after}`;
    return kind === 'double' ? `${before}${it}${it}${next}${after}` : `${before}${next}${it}${after}`;
  };

  test('a title is found by its pinyin all the same', () => {
    fc.assert(
      fc.property(anyTitle, faults, (title, fault) => {
        const said = pinyin(title, { toneType: 'none', type: 'array', v: true }).join('');
        const typed = withFault(said, fault);
        fc.pre(typed.length >= 5);
        expect(one(title).find(typed)).toEqual(['it']);
      }),
    );
  });

  test('nothing is found across two texts', () => {
    const two = createSearch(['消防', '用电'].map((text) => ({ id: text, texts: [{ text, weight: 1 }] })));
    expect(two.find('fangyong')).toEqual([]);
    expect(two.find('防用电')).toEqual(['用电']);
  });

  test('what is there as it was typed leaves no room for what is only nearly so', () => {
    const two = createSearch(['消防', '小方'].map((text) => ({ id: text, texts: [{ text, weight: 1 }] })));
    expect(two.find('消防')).toEqual(['消防']);
    expect(two.find('xiaofang')).toEqual(['消防', '小方']);
  });
});

test('in slices it is the same search, and others get their turn', async () => {
  let pauses = 0;
  const many = Array.from({ length: 100 }, (_, place) => ({
    id: `${place}`,
    texts: [{ text: `通知${place}`, weight: 1 }],
  }));
  const search = await createSearchInSlices(many, async () => {
    pauses += 1;
  });
  expect(pauses).toBe(5);
  expect(search.find('tongzhi')).toEqual(createSearch(many).find('tongzhi'));
  expect(search.find('tongzhi', 3)).toHaveLength(3);
});
