import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeDigitalLink, parseDigitalLink } from '#hardware/protocol/gs1-digital-link.ts';
import { GS1_IDENTIFIERS } from '#hardware/protocol/gs1-identifiers.ts';
import { elementOf, elementsOf } from './gs1-arbitrary.ts';

const GTIN = '09521234543213';
const link = (stem: string, ...pairs: (readonly [string, string])[]) => ({
  ok: true,
  value: { stem, elements: pairs.map(([ai, value]) => ({ ai, value })) },
});

describe('a link', () => {
  it.each([
    ['the key alone', `https://example.com/01/${GTIN}`, link('https://example.com', ['01', GTIN])],
    [
      'qualifiers and attributes',
      `https://example.com/01/${GTIN}/22/2A/10/L7/21/SN0042?17=261231&3103=001250`,
      link(
        'https://example.com',
        ['01', GTIN],
        ['22', '2A'],
        ['10', 'L7'],
        ['21', 'SN0042'],
        ['17', '261231'],
        ['3103', '001250'],
      ),
    ],
    ['a stem', `https://example.com/some/01/x/01/${GTIN}`, link('https://example.com/some/01/x', ['01', GTIN])],
    ['a port', `http://192.0.2.7:8080/01/${GTIN}`, link('http://192.0.2.7:8080', ['01', GTIN])],
    ['upper case', `HTTPS://EXAMPLE.COM/01/${GTIN}`, link('HTTPS://EXAMPLE.COM', ['01', GTIN])],
    ['a slash at the end', `https://example.com/01/${GTIN}/`, link('https://example.com', ['01', GTIN])],
    ['a fragment', `https://example.com/01/${GTIN}#17=261231`, link('https://example.com', ['01', GTIN])],
    ['other keys', `https://example.com/01/${GTIN}?linkType=all&s&17x=1`, link('https://example.com', ['01', GTIN])],
    [
      'semicolons',
      `https://example.com/01/${GTIN}?11=260101;17=261231`,
      link('https://example.com', ['01', GTIN], ['11', '260101'], ['17', '261231']),
    ],
    [
      'percent signs and a plus, which is no space',
      `https://example.com/01/${GTIN}/10/A%2FB%25+C?240=%2B+`,
      link('https://example.com', ['01', GTIN], ['10', 'A/B%+C'], ['240', '++']),
    ],
    ['an EAN-13', 'https://example.com/01/9521234543213', link('https://example.com', ['01', GTIN])],
    ['an EAN-8', 'https://example.com/01/96385074', link('https://example.com', ['01', '00000096385074'])],
    ['an asset', 'https://example.com/8004/9521234A0042', link('https://example.com', ['8004', '9521234A0042'])],
    [
      'an asset of a type',
      'https://example.com/8003/09521234543213SN7',
      link('https://example.com', ['8003', '09521234543213SN7']),
    ],
    [
      'a value that looks like a key',
      `https://example.com/01/${GTIN}/10/01/21/00`,
      link('https://example.com', ['01', GTIN], ['10', '01'], ['21', '00']),
    ],
    [
      'the second kind of qualifier',
      `https://example.com/01/${GTIN}/235/T`,
      link('https://example.com', ['01', GTIN], ['235', 'T']),
    ],
  ])('with %s', (_what, address, parsed) => {
    expect(parseDigitalLink(address)).toEqual(parsed);
  });

  it.each([
    ['', 'not-digital-link', null],
    ['https://example.com', 'not-digital-link', null],
    ['https://example.com/', 'not-digital-link', null],
    [`https:///01/${GTIN}`, 'not-digital-link', null],
    [`ftp://example.com/01/${GTIN}`, 'not-digital-link', null],
    [`example.com/01/${GTIN}`, 'not-digital-link', null],
    [`https://example.com/gtin/${GTIN}`, 'not-digital-link', null],
    [`https://example.com/01/${GTIN}/info`, 'not-digital-link', null],
    ['https://example.com/21/SN0042', 'not-digital-link', null],
    ['https://example.com/AQnYUc1gmg', 'not-digital-link', null],
    [`https://example.com/01/${GTIN}/21/A/10/B`, 'qualifier', '01'],
    [`https://example.com/01/${GTIN}/10/A/10/B`, 'qualifier', '01'],
    [`https://example.com/01/${GTIN}/22/A/235/B`, 'qualifier', '01'],
    ['https://example.com/00/095212345000000018/10/A', 'qualifier', '00'],
    [`https://example.com/01/${GTIN}?21=A`, 'not-attribute', '21'],
    [`https://example.com/01/${GTIN}?04=A`, 'unknown-ai', '04'],
    [`https://example.com/01/${GTIN}?17=261301`, 'date', '17'],
    [`https://example.com/01/${GTIN}?10=A&10=B`, 'repeated', '10'],
    [`https://example.com/01/${GTIN}/10/A?10=B`, 'repeated', '10'],
    [`https://example.com/01/${GTIN}/10/%4`, 'encoding', '10'],
    [`https://example.com/01/${GTIN}/10/%FF`, 'encoding', '10'],
    [`https://example.com/01/${GTIN}/10/`, 'not-digital-link', null],
    [`https://example.com/01/${GTIN}/10/%E7%BA%A2`, 'character', '10'],
    ['https://example.com/01/09521234543214', 'check-digit', '01'],
    ['https://example.com/01/9521234543214', 'check-digit', '01'],
    ['https://example.com/01/952123454321', 'check-digit', '01'],
    ['https://example.com/01/1', 'too-short', '01'],
  ])('%s is none', (address, code, ai) => {
    expect(parseDigitalLink(address)).toEqual({ ok: false, error: { code, ai } });
  });
});

describe('writing a link', () => {
  it('puts qualifiers in their order and all else into the query', () => {
    const elements = [
      { ai: '01', value: GTIN },
      { ai: '21', value: 'A/B' },
      { ai: '17', value: '261231' },
      { ai: '10', value: '%' },
    ];
    expect(encodeDigitalLink({ stem: 'https://example.com', elements })).toBe(
      `https://example.com/01/${GTIN}/10/%25/21/A%2FB?17=261231`,
    );
  });

  it.each([
    ['nothing', []],
    ['no key in front', [{ ai: '10', value: 'A' }]],
    ['two kinds of qualifiers', ['01', '10', '235'].map((ai) => ({ ai, value: 'A' }))],
    ['an identifier that is none', ['01', '04'].map((ai) => ({ ai, value: 'A' }))],
    ['a serial number of a container', ['00', '21'].map((ai) => ({ ai, value: 'A' }))],
  ])('is not done for %s', (_what, elements) => {
    expect(encodeDigitalLink({ stem: 'https://example.com', elements })).toBeNull();
  });
});

describe('any link', () => {
  const sequences: readonly (readonly [key: string, ...qualifiers: string[]])[] = [
    ['00'],
    ['01', '22', '10', '21'],
    ['01', '235'],
    ['253'],
    ['414', '254'],
    ['414', '7040'],
    ['8003'],
    ['8004', '7040'],
    ['8006', '22', '10', '21'],
    ['8010', '8011'],
    ['8017', '8019'],
  ];
  const inPath = new Set(sequences.flat());
  const notInQuery = new Set(['03', '7041', '8014', '8020', '8200']);
  const attributes = GS1_IDENTIFIERS.filter((ai) => !inPath.has(ai) && !notInQuery.has(ai));
  const stem = fc.stringMatching(/^https?:\/\/[a-z]{1,8}\.example(?:\/[a-z0-9]{0,5}){0,3}$/);
  const path = fc
    .constantFrom(...sequences)
    .chain(([key, ...qualifiers]) => fc.subarray(qualifiers).map((some) => [key, ...some]))
    .chain((ais) => fc.tuple(...ais.map((ai) => elementOf(ai))));

  it('is read as it was written', () => {
    fc.assert(
      fc.property(stem, path, elementsOf(attributes, 0, 4), (before, inside, behind) => {
        const written = { stem: before, elements: [...inside, ...behind] };
        expect(parseDigitalLink(encodeDigitalLink(written) ?? '')).toEqual({ ok: true, value: written });
      }),
    );
  });

  it('any address is a link or none; a link is the same again', () => {
    const piece = fc.constantFrom(
      '/',
      '/01',
      `/${GTIN}`,
      '/10',
      '/21',
      '/A',
      '?',
      '17=261231',
      '&',
      '=',
      '%',
      '%2F',
      '#',
      '红',
      ';',
    );
    const address = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.array(piece, { maxLength: 12 }).map((pieces) => `https://example.com${pieces.join('')}`),
    );
    fc.assert(
      fc.property(address, (any) => {
        const parsed = parseDigitalLink(any);
        const again = parsed.ok ? parseDigitalLink(encodeDigitalLink(parsed.value) ?? '') : parsed;
        expect(again).toEqual(parsed);
      }),
      { numRuns: 1000 },
    );
  });
});
