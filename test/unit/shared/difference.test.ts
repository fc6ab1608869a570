import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { differenceOf } from '#shared/content/difference.ts';
import { ALWAYS, fileSchema, type ImageFile, type LeafletContent, LONGEST_ARTICLE } from '#shared/content/leaflet.ts';
import { textDifference, type TextPart } from '#shared/content/text-difference.ts';

const cases = z
  .array(z.object({ why: z.string(), before: z.string(), after: z.string(), shown: z.string() }))
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../cases/text-differences.json'), 'utf8')));

const MARKS = { same: '', removed: '-', added: '+' } as const;
const shown = (parts: readonly TextPart[]) =>
  parts.map(({ kind, text }) => (kind === 'same' ? text : `[${MARKS[kind]}${text}]`)).join('');
const side = (parts: readonly TextPart[], other: TextPart['kind']) =>
  parts
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join('');

describe('text-differences.json', () => {
  it.each(cases)('$why', ({ before, after, shown: wanted }) => {
    expect(shown(textDifference(before, after))).toBe(wanted);
  });
});

const piece = fc.constantFrom('停水', '通知', '，', '\n', '的', 'water', ' ', '周五', '。', '👩‍🚒', '\r\n', '一');
const text = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

test('both texts are in it, whole, and no change stands beside another', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = textDifference(before, after);
      expect(side(parts, 'added')).toBe(before);
      expect(side(parts, 'removed')).toBe(after);
      const kinds = parts.map(({ kind }) => kind).join(' ');
      expect(kinds).not.toMatch(/(\w+) \1(?: |$)|added removed/);
      expect(parts.every((part) => part.text !== '')).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a text is not different from itself', () => {
  fc.assert(
    fc.property(text, (same) => {
      expect(textDifference(same, same)).toEqual(same === '' ? [] : [{ kind: 'same', text: same }]);
    }),
  );
});

test('a text that is quite another is told as another, in few pieces', () => {
  for (const unit of ['\n', '，', ' ']) {
    const one = `甲${unit}`.repeat(LONGEST_ARTICLE / 2);
    const other = `乙丙${unit}`.repeat(LONGEST_ARTICLE / 3);
    expect(textDifference(one, other).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  }
});

function image(mark: string): ImageFile {
  const file = fileSchema.parse({ type: 'image/png', hash: mark.repeat(64), bytes: 1, width: 1, height: 1 });
  // It was made as one just now.
  return file as ImageFile;
}

const notice: LeafletContent = {
  title: { zh: '停水通知' },
  summary: { zh: '周五' },
  category: 'services',
  tags: ['水'],
  priority: 'normal',
  audience: { kind: 'stations', stations: ['LD', 'LF'] },
  window: ALWAYS,
  body: { kind: 'notice', text: { zh: '周五停水' } },
};

describe('two versions', () => {
  test('nothing is different where only the order of names is', () => {
    const audience = { kind: 'stations', stations: ['LF', 'LD'] } as const;
    const window = { ...ALWAYS, weekdays: [7, 6, 5, 4, 3, 2, 1] };
    const after = { ...notice, window, audience: { ...audience, stations: ['LF', 'LD'] } };
    expect(differenceOf(notice, after)).toEqual([]);
  });

  test('each field that is, in the order of the editor', () => {
    const [a, b, c] = [image('a'), image('b'), image('c')];
    const before: LeafletContent = {
      ...notice,
      body: { kind: 'pictures', pictures: [a, b].map((file) => ({ file, caption: { zh: '图' } })) },
    };
    const after: LeafletContent = {
      title: { zh: '停电通知', en: 'No power' },
      summary: { zh: '周五' },
      category: 'safety',
      tags: ['电'],
      priority: 'emergency',
      audience: { kind: 'all' },
      window: { ...ALWAYS, hours: ['20:00', '08:00'] },
      body: { kind: 'pictures', pictures: [b, c].map((file) => ({ file, caption: { zh: '图' } })) },
    };
    const all = differenceOf(before, after);
    expect(all.map(({ field }) => field)).toEqual([
      'title',
      'title',
      'category',
      'tags',
      'priority',
      'audience',
      'window',
      'files',
    ]);
    expect(all.at(3)).toEqual({ field: 'tags', added: ['电'], removed: ['水'] });
    expect(all.at(-1)).toEqual({ field: 'files', added: [c], removed: [a], moved: false });
  });

  test('hours turned round are other hours, files turned round are moved', () => {
    const [a, b] = [image('a'), image('b')];
    const of = (pictures: ImageFile[], hours: [string, string]): LeafletContent => ({
      ...notice,
      window: { ...ALWAYS, hours },
      body: { kind: 'article', text: { zh: '字' }, pictures },
    });
    expect(differenceOf(of([a, b], ['08:00', '20:00']), of([b, a], ['20:00', '08:00']))).toMatchObject([
      { field: 'window' },
      { field: 'files', added: [], removed: [], moved: true },
    ]);
  });

  test('of the first version all is new', () => {
    const all = differenceOf(null, notice);
    expect(all.map(({ field }) => field)).toEqual([
      'title',
      'summary',
      'kind',
      'category',
      'tags',
      'priority',
      'audience',
      'window',
      'text',
    ]);
    expect(all.at(-1)).toEqual({ field: 'text', language: 'zh', parts: [{ kind: 'added', text: '周五停水' }] });
  });

  test('an article that becomes a notice', () => {
    const article: LeafletContent = {
      ...notice,
      body: { kind: 'article', text: { zh: '周六停水' }, pictures: [image('a')] },
    };
    expect(differenceOf(article, notice).map(({ field }) => field)).toEqual(['kind', 'files', 'text']);
  });
});
