import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activeNames } from '#server/leaflets/intake/pdf-names.ts';

const NAMES = [
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'EmbeddedFile',
  'EmbeddedFiles',
  'GoToE',
  'RichMedia',
];

/** A name with some of its letters written as their numbers. */
const spelling = fc.constantFrom(...NAMES).chain((name) =>
  fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length }).map((escaped) => ({
    name,
    written: Array.from(name, (letter, place) =>
      escaped[place] === true ? `#${letter.charCodeAt(0).toString(16)}` : letter,
    ).join(''),
  })),
);
const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((each) => Buffer.from(each));
const ending = fc.constantFrom(' ', '\n', '/', '>', ')', '(', '[', '\0');

function stream(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from('<< >>\nstream\n'), deflateSync(content), Buffer.from('\nendstream\n')]);
}

test('an active name is found in whatever spelling and between whatever bytes', () => {
  fc.assert(
    fc.property(bytes(64), spelling, ending, bytes(64), (before, { name, written }, end, after) => {
      expect(activeNames(Buffer.concat([before, Buffer.from(`/${written}${end}`), after]))).toContain(name);
    }),
    { numRuns: 1000 },
  );
});

test('in an object stream, too', () => {
  const lead = fc.constantFrom('1 0 ', '\n 12 0 13 40 ', '% a comment\n7 0 ', ' '.repeat(200) + '7 0 ');
  fc.assert(
    fc.property(lead, bytes(64), spelling, ending, bytes(64), (begin, before, { name, written }, end, after) => {
      const objects = Buffer.concat([Buffer.from(begin), before, Buffer.from(`/${written}${end}`), after]);
      const file = Buffer.concat([Buffer.from('%PDF-1.7\n'), stream(Buffer.from('BT ET')), stream(objects)]);
      expect(activeNames(file)).toContain(name);
    }),
    { numRuns: 1000 },
  );
});

test('names that only begin or end like one, and words, are none', () => {
  const harmless = '/JavaScripts /XLaunch /GoToR /GoTo /URI (JavaScript) /Embedded#46ileX /S /JS';
  expect(activeNames(Buffer.from(harmless))).toEqual([]);
  expect(activeNames(stream(Buffer.from(`1 0 ${harmless}`)))).toEqual([]);
});

test('a page of one colour is no bomb, an object stream of nothing but blanks is', () => {
  expect(activeNames(stream(Buffer.alloc(4_000_000)))).toEqual([]);
  expect(() => activeNames(stream(Buffer.from(`1 0 ${' '.repeat(135_000_000)}`)))).toThrow(RangeError);
});

test('whatever the bytes are, it comes to an end', () => {
  const pieces = fc.constantFrom('stream\n', 'endstream', '/', '#4a', '\u0078\u009c', '1 0 ', 'x');
  const mixed = fc
    .array(
      fc.oneof(
        pieces.map((piece) => Buffer.from(piece, 'latin1')),
        bytes(20),
      ),
      { maxLength: 40 },
    )
    .map((all) => Buffer.concat(all));
  fc.assert(
    fc.property(mixed, (file) => {
      expect(Array.isArray(activeNames(file))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
