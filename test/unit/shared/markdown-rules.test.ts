import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { LONGEST_ARTICLE } from '#shared/content/leaflet.ts';
import { MARKDOWN_FAULTS, markdownFaults } from '#shared/content/markdown-rules.ts';

const HASH = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);
const faultsOf = (text: string) => markdownFaults(text, new Set([HASH])).map(({ code }) => code);

describe('what may be written', () => {
  it.each([
    ['headings, lists, quotations', '# 垃圾分类\n\n- 厨余\n  1. 剩菜\n\n> 谢谢 **大家**\n\n---\n\n* * *'],
    ['tables', '| 时间 | 地点 |\n| --- | --- |\n| 8:00 | `<门>` |'],
    ['links', '[电话](tel:440) <https://example.org/> [信](mailto:a@example.org) www.example.org'],
    ['its own pictures', `![一把伞](picture:${HASH} "伞")`],
    ['smaller and greater signs', '1 < 2 && 3 > 2, a<b'],
    ['HTML as an example', '```html\n<script>alert(1)</script>\n```\n\n`<b>`'],
  ])('%s', (_, text) => {
    expect(faultsOf(text)).toEqual([]);
  });
});

describe('HTML', () => {
  it.each([
    '<script>alert(1)</script>',
    'a <b>bold</b> word',
    '<img src=x onerror=alert(1)>',
    '<!-- nothing -->',
    '| ` | <b> | ` |\n| --- | --- | --- |\n| ` | <b> | ` |',
    '- > <iframe src="https://example.org"></iframe>',
    '<?php ?>',
    '<![CDATA[x]]>',
  ])('%s', (text) => {
    expect(new Set(faultsOf(text))).toEqual(new Set(['html']));
  });
});

describe('links that lead elsewhere than to a page', () => {
  it.each([
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](<java\tscript:alert(1)>)',
    '[a](&#106;avascript:alert(1))',
    '[a](<\u0001javascript:alert(1)>)',
    '[a](data:text/html;base64,PHNjcmlwdD4=)',
    '[a](vbscript:x)',
    '[a](file:///etc/passwd)',
    '[a](picture:x)',
    '[a](/console)',
    '[a](//example.org)',
    '[a](#top)',
    '[a]()',
    '<javascript:alert(1)>',
    '[a]\n\n[a]: javascript:alert(1)',
  ])('%s', (text) => {
    expect(faultsOf(text)).toEqual(['link']);
  });
});

describe('pictures that are not the article’s own', () => {
  it.each([
    `![a](picture:${OTHER})`,
    `![a](picture:${HASH.toUpperCase()})`,
    `![a](picture:${HASH}#a)`,
    `![a](${HASH})`,
    '![a](https://example.org/a.png)',
    '![a](data:image/png;base64,AAAA)',
    '![a]()',
    `![a]\n\n[a]: https://example.org/`,
  ])('%s', (text) => {
    expect(faultsOf(text)).toEqual(['picture']);
  });
});

describe('texts made to be slow to read', () => {
  it.each(['>', '> ', '1. ', '- > ', '*_', '**a', '~~a', '_*a'])('%j again and again', (unit) => {
    expect(faultsOf(unit.repeat(LONGEST_ARTICLE / unit.length))).toEqual(['too-intricate']);
  });

  it('lists in lists, line by line', () => {
    const lines = Array.from({ length: 100 }, (_, depth) => `${'  '.repeat(depth)}- a`);
    expect(faultsOf(lines.join('\n'))).toEqual(['too-intricate']);
    expect(faultsOf(lines.slice(0, 10).join('\n'))).toEqual([]);
  });
});

test('a fault is told in few words, and not more than twenty of them', () => {
  const faults = markdownFaults(`<b title="${'x'.repeat(500)}">`.repeat(50), new Set());
  expect(faults).toHaveLength(20);
  for (const { detail } of faults) expect(detail.length).toBeLessThanOrEqual(80);
});

/** Pieces that mean something to the parser, in any order. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from('<>[]()!*_~`|-+#\\&;:"\'\n\t 1.')),
      fc.constantFrom('javascript:', 'https://', 'picture:', HASH, '<b', '<!--', '![', '](', '\n\n', '```', '| - |'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { maxLength: 60 },
  )
  .map((all) => all.join(''));

test('any text is judged, without throwing', () => {
  fc.assert(
    fc.property(fc.oneof(pieces, fc.string({ unit: 'binary' })), (text) => {
      for (const { code } of markdownFaults(text, new Set())) expect(MARKDOWN_FAULTS).toContain(code);
    }),
    { numRuns: 2000 },
  );
});

test('harmless text around it hides nothing', () => {
  const bad = ['<i>x</i>', '[a](javascript:x)', '![a](https://example.org/a.png)'];
  const lines = fc.array(fc.constantFrom('词', '', '# 题', '- 一', '> 二', '| a | b |', '**重**'));
  fc.assert(
    fc.property(lines, lines, fc.constantFrom(...bad), (before, after, each) => {
      expect(faultsOf([...before, '', each, '', ...after].join('\n'))).not.toEqual([]);
    }),
  );
});
