import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { looksLikeSvg, MOST_SVG_BYTES, svgFault } from '#server/leaflets/intake/svg-rules.ts';

describe('what begins like a drawing', () => {
  it.each([
    ['<svg>', true],
    ['\ufeff<svg xmlns="x"/>', true],
    ['<?xml version="1.0"?>\n<!-- made by hand -->\n<svg a="b">', true],
    ['<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/a.dtd"><svg>', true],
    ['<!DOCTYPE html><svg>', false],
    ['<html><svg>', false],
    ['<?xml version="1.0"?><note/>', false],
    ['<svgx>', false],
    ['', false],
  ])('%j: %s', (head, is) => {
    expect(looksLikeSvg(head)).toBe(is);
  });
});

test('a drawing with the declaration that old programs write is drawn', () => {
  const declared = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
  const note = '<metadata><rdf:li rdf:resource="http://example.org/"/></metadata><text>on = off, once</text>';
  expect(svgFault(Buffer.from(`${declared}<svg>${note}<use href="#a"/></svg>`))).toBeNull();
});

test('any bytes are judged, without throwing', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    'svg',
    'script',
    ' on',
    'load',
    '=',
    '"',
    "'",
    'href',
    'url(',
    '#',
    '&#',
    'x6a;',
    ';',
    '!ENTITY',
    '[',
  );
  const texts = fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }).map((all) => Buffer.from(all.join('')));
  fc.assert(
    fc.property(fc.oneof(texts, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      expect([null, 'active-content', 'damaged']).toContain(svgFault(bytes));
    }),
    { numRuns: 2000 },
  );
});

test('a script is found wherever it stands', () => {
  const around = fc.string({ unit: fc.constantFrom('<g>', '</g>', ' ', 'a', '"', '<!--', '-->'), maxLength: 30 });
  fc.assert(
    fc.property(around, around, (before, after) => {
      expect(svgFault(Buffer.from(`<svg>${before}<script>${after}</svg>`))).toBe('active-content');
    }),
  );
});

test.each(['<', '<a ', '<a on', 'href=', 'href="', 'url(', ' ', '&#', '<!DOCTYPE '])(
  'as much of %j as there may be is read to its end',
  (unit) => {
    const bytes = Buffer.from(unit.repeat(MOST_SVG_BYTES / unit.length));
    expect([null, 'active-content']).toContain(svgFault(bytes));
  },
);
