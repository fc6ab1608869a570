import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAim } from '#hardware/protocol/aim.ts';
import { barcodeContent, type BarcodeContent } from '#hardware/protocol/barcode-content.ts';
import { encodeElementString, faultOf, GS, parseElementString } from '#hardware/protocol/gs1-elements.ts';
import { endsByLength, GS1_IDENTIFIERS, gs1Format } from '#hardware/protocol/gs1-identifiers.ts';
import { createLineParser, encodeLine, type LineResult } from '#hardware/protocol/line.ts';
import { cutAt, cuts, feed, hex, join } from './byte-streams.ts';
import { anyElements, elementOf } from './gs1-arbitrary.ts';

const T21 = hex('5D 43 31 30 31 30 39 35 32 31 32 33 34 35 34 33 32 31 33 32 31 53 4E 30 30 34 32 1D 31 30 4C 37 0D');
const T21_ELEMENTS = [
  { ai: '01', value: '09521234543213' },
  { ai: '21', value: 'SN0042' },
  { ai: '10', value: 'L7' },
];
const T21_CONTENT = { kind: 'gs1', elements: T21_ELEMENTS };

/** What the codes of a stream are, errors of the line as they are. */
function contents(chunks: readonly Uint8Array[]): (BarcodeContent | LineResult)[] {
  const parser = createLineParser({ pause: 'pause-drops', shortest: 1, modifier: true });
  return feed(parser, chunks).results.map((result) => (result.kind === 'barcode' ? barcodeContent(result) : result));
}

describe('T21', () => {
  it('is read whole, byte by byte and at every split point', () => {
    expect(contents([T21])).toEqual([T21_CONTENT]);
    expect(contents([...T21].map((byte) => Uint8Array.of(byte)))).toEqual([T21_CONTENT]);
    for (let place = 0; place < T21.length; place += 1) expect(contents(cutAt(T21, [place]))).toEqual([T21_CONTENT]);
  });

  it('is read behind up to 64 bytes of noise that a terminator ends', () => {
    const noise = fc.uint8Array({ maxLength: 64 });
    fc.assert(
      fc.property(noise, cuts, (before, places) => {
        expect(contents(cutAt(join(before, Uint8Array.of(0x0d), T21), places)).at(-1)).toEqual(T21_CONTENT);
      }),
    );
  });

  it('is written as it was read', () => {
    expect(encodeLine(`]C1${encodeElementString(T21_ELEMENTS)}`)).toEqual(T21);
  });

  it('an asset of its own', () => {
    expect(parseElementString(splitAim(']C180049521234A0042').text)).toEqual({
      ok: true,
      value: [{ ai: '8004', value: '9521234A0042' }],
    });
  });
});

describe('separators', () => {
  const gtin = '0109521234543213';
  const elements = (...pairs: (readonly [string, string])[]) => ({
    ok: true,
    value: pairs.map(([ai, value]) => ({ ai, value })),
  });

  it.each([
    ['in front of all', `${GS}${gtin}10L7`],
    ['at the end', `${gtin}10L7${GS}`],
    ['behind a value that ends by its length', `${gtin}${GS}10L7`],
  ])('%s are tolerated', (_where, text) => {
    expect(parseElementString(text)).toEqual(elements(['01', '09521234543213'], ['10', 'L7']));
  });

  it('are needed behind 7003, though all its values have ten digits', () => {
    expect(endsByLength('7003')).toBe(false);
    expect(parseElementString(`7003261231235910L7`)).toMatchObject({ ok: false, error: { code: 'too-long' } });
    expect(parseElementString(`70032612312359${GS}10L7`)).toEqual(elements(['7003', '2612312359'], ['10', 'L7']));
  });

  it('are not needed behind a measure, a location and a date', () => {
    expect(parseElementString('3103001250414952123400000710L7')).toMatchObject({
      error: { code: 'check-digit', at: 10 },
    });
    expect(parseElementString('310300125041495212340000061126123110L7')).toEqual(
      elements(['3103', '001250'], ['414', '9521234000006'], ['11', '261231'], ['10', 'L7']),
    );
  });
});

describe('what is no element string', () => {
  it.each([
    ['nothing', '', 'empty', null, 0],
    ['a separator alone', GS, 'empty', null, 1],
    ['an identifier there is none of', '04123', 'unknown-ai', null, 0],
    ['one behind a right value', `10L7${GS}${GS}21A`, 'unknown-ai', null, 5],
    ['half an identifier', `10L7${GS}80`, 'unknown-ai', null, 5],
    ['a measure with six decimals', '3106001250', 'unknown-ai', null, 0],
    ['half a value', '010952123454321', 'too-short', '01', 0],
    ['no value', '10', 'too-short', '10', 0],
    ['a separator inside a value', `01095212345${GS}43213`, 'too-short', '01', 0],
    ['too long a value', `10${'A'.repeat(21)}`, 'too-long', '10', 0],
    ['a letter among digits', '010952123454321A', 'character', '01', 0],
    ['a character of another script', '10红', 'character', '10', 0],
    ['a space', '10A B', 'character', '10', 0],
    ['small letters in a part number', '80109521abc', 'character', '8010', 0],
    ['a wrong check digit', '0109521234543214', 'check-digit', '01', 0],
    ['a wrong check pair', '80131987654Ad4X4bL5ttr2310c2X', 'check-digit', '8013', 0],
    ['an asset without a company prefix', '8004A0042', 'value', '8004', 0],
    ['a day that is none', '17260230', 'date', '17', 0],
    ['a month that is none', '17261301', 'date', '17', 0],
    ['a month alone where a day must be', '7006261200', 'date', '7006', 0],
    ['an hour that is none', '70032612312400', 'time', '7003', 0],
    ['the third piece of two', '8006095212345432130302', 'value', '8006', 0],
    ['two lots', `10A${GS}10B`, 'repeated', '10', 4],
  ])('%s', (_what, text, code, ai, at) => {
    expect(parseElementString(text)).toEqual({ ok: false, error: { code, ai, at } });
  });

  it('the same lot twice is one', () => {
    expect(parseElementString(`10A${GS}10A`)).toEqual({ ok: true, value: [{ ai: '10', value: 'A' }] });
  });

  it('the value of an identifier that is none', () => {
    expect([faultOf({ ai: '04', value: '1' }), faultOf({ ai: '', value: '' })]).toEqual(['unknown-ai', 'unknown-ai']);
  });
});

describe('identifiers', () => {
  it('none begins with another one', () => {
    const known = new Set(GS1_IDENTIFIERS);
    const longer = GS1_IDENTIFIERS.filter((ai) =>
      [2, 3].some((length) => length < ai.length && known.has(ai.slice(0, length))),
    );
    expect(longer).toEqual([]);
    expect(known.size).toBe(GS1_IDENTIFIERS.length);
  });

  it('those that end by their length have one length', () => {
    const fixed = GS1_IDENTIFIERS.filter((ai) => endsByLength(ai)).flatMap((ai) => gs1Format(ai) ?? []);
    expect(fixed.length).toBeGreaterThan(200);
    expect(fixed.filter(({ shortest, longest, isOptional }) => isOptional || shortest !== longest)).toEqual([]);
  });

  it.each(GS1_IDENTIFIERS)('%s has right values, and is told from what follows', (ai) => {
    fc.assert(
      fc.property(elementOf(ai), (element) => {
        expect(faultOf(element)).toBeNull();
        const elements = [element, ai === '98' ? { ai: '99', value: 'A' } : { ai: '98', value: '01' }];
        expect(parseElementString(encodeElementString(elements))).toEqual({ ok: true, value: elements });
      }),
      { numRuns: 5 },
    );
  });
});

describe('any elements', () => {
  it('are read as they were sent, in any chunks', () => {
    fc.assert(
      fc.property(fc.array(anyElements, { maxLength: 4 }), cuts, (codes, places) => {
        const stream = join(...codes.map((elements) => encodeLine(`]C1${encodeElementString(elements)}`)));
        expect(contents(cutAt(stream, places))).toEqual(codes.map((elements) => ({ kind: 'gs1', elements })));
      }),
    );
  });

  it('any text is elements or an error, and elements are what they would be again', () => {
    const piece = fc.oneof(fc.constantFrom(...GS1_IDENTIFIERS, GS, '0', '12', '952123454321'), fc.string());
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        const parsed = parseElementString(any);
        const again = parsed.ok ? parseElementString(encodeElementString(parsed.value)) : parsed;
        expect(again).toEqual(parsed);
      }),
      { numRuns: 1000 },
    );
  });

  it('one wrong character is never thrown at', () => {
    fc.assert(
      fc.property(anyElements, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (elements, at, character) => {
        const right = encodeElementString(elements);
        const place = at % right.length;
        const parsed = parseElementString(right.slice(0, place) + character + right.slice(place + 1));
        expect(typeof parsed.ok).toBe('boolean');
      }),
    );
  });
});
