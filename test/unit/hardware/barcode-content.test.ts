import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAim } from '#hardware/protocol/aim.ts';
import { barcodeContent } from '#hardware/protocol/barcode-content.ts';
import { encodeElementString } from '#hardware/protocol/gs1-elements.ts';
import { itemKey, itemLabel } from '#shared/lending/item-code.ts';
import { anyElements } from './gs1-arbitrary.ts';

const GTIN = '09521234543213';
const LABEL = itemLabel(itemKey(123));
const item = { kind: 'item', key: 'HF-000123' };
const ean = (gtin: string, addOn = '') => ({ kind: 'ean', gtin, addOn });
const other = (text: string) => ({ kind: 'other', text });
const gs1 = (...pairs: (readonly [string, string])[]) => ({
  kind: 'gs1',
  elements: pairs.map(([ai, value]) => ({ ai, value })),
});

describe('with an AIM identifier', () => {
  it.each([
    ['our label', `]C0${LABEL}`, item],
    ['our label in a GS1 symbol', `]C1${LABEL}`, item],
    ['our label in an address', `]Q1https://lend.example/i/${LABEL}`, item],
    ['an EAN-13 (T18)', ']E06291041500213', ean('06291041500213')],
    ['an EAN-8', ']E496385074', ean('00000096385074')],
    ['an EAN-13 with a price beside it', ']E3629104150021351299', ean('06291041500213', '51299')],
    ['an issue of a magazine', ']E3629104150021307', ean('06291041500213', '07')],
    ['a UPC-A with two more', ']E303600029145207', ean('00036000291452', '07')],
    ['a GTIN-14 in Interleaved 2 of 5', `]I1${GTIN}`, ean(GTIN)],
    ['digits like an EAN-13 in Code 128', ']C06291041500213', other('6291041500213')],
    ['thirteen digits in Interleaved 2 of 5', ']I16291041500213', other('6291041500213')],
    ['an EAN-13 with a wrong check digit', ']E06291041500214', other('6291041500214')],
    ['GS1-128 (T21)', `]C101${GTIN}21SN0042\u001d10L7`, gs1(['01', GTIN], ['21', 'SN0042'], ['10', 'L7'])],
    ['an asset (T21)', ']C180049521234A0042', gs1(['8004', '9521234A0042'])],
    ['GS1 DataMatrix', ']d2211234', gs1(['21', '1234'])],
    ['GS1 QR', ']Q310L7', gs1(['10', 'L7'])],
    ['GS1 DataBar', `]e001${GTIN}`, gs1(['01', GTIN])],
    ['plain Code 128 with such digits', `]C001${GTIN}`, other(`01${GTIN}`)],
    ['a Code 39 with such digits', `]A001${GTIN}`, other(`01${GTIN}`)],
    [
      'GS1 with an identifier there is none of',
      ']C104123',
      { kind: 'wrong-gs1', error: { code: 'unknown-ai', ai: null, at: 0 } },
    ],
    [
      'GS1 with a wrong check digit',
      ']d20109521234543214',
      { kind: 'wrong-gs1', error: { code: 'check-digit', ai: '01', at: 0 } },
    ],
  ])('%s', (_what, sent, content) => {
    expect(barcodeContent(splitAim(sent))).toEqual(content);
  });
});

describe('without one', () => {
  it.each([
    ['our label', LABEL, item],
    ['our label as people type it', ' hf000123 09 ', item],
    ['our label with a wrong check', 'HF-000123-10', other('HF-000123-10')],
    ['an EAN-13', '6291041500213', ean('06291041500213')],
    ['a UPC-A', '036000291452', ean('00036000291452')],
    ['digits with no check', '12345678', other('12345678')],
    ['a GTIN and a separator', `01${GTIN}21SN0042\u001d10L7`, gs1(['01', GTIN], ['21', 'SN0042'], ['10', 'L7'])],
    ['a GTIN alone', `01${GTIN}`, gs1(['01', GTIN])],
    ['a separator in front', '\u001d10L7', gs1(['10', 'L7'])],
    ['a lot alone, or any text that begins with 10', '10L7', other('10L7')],
    ['an address', 'https://example.com/a?b', { kind: 'address', address: 'https://example.com/a?b' }],
    ['an address in capitals', 'HTTP://EXAMPLE.COM', { kind: 'address', address: 'HTTP://EXAMPLE.COM' }],
    [
      'a link',
      `https://example.com/x/01/${GTIN}?17=261231`,
      {
        kind: 'digital-link',
        stem: 'https://example.com/x',
        elements: [
          { ai: '01', value: GTIN },
          { ai: '17', value: '261231' },
        ],
      },
    ],
    [
      'nearly a link',
      'https://example.com/01/09521234543214',
      { kind: 'address', address: 'https://example.com/01/09521234543214' },
    ],
    ['no address', 'https://', other('https://')],
    ['another scheme', 'javascript:alert(1)', other('javascript:alert(1)')],
    ['words', '红帆驿站', other('红帆驿站')],
    ['nothing', '', other('')],
  ])('%s', (_what, text, content) => {
    expect(barcodeContent({ text, symbology: null })).toEqual(content);
  });
});

describe('with the letter alone', () => {
  it.each([
    ['a GTIN in Code 128', 'C', `01${GTIN}`, gs1(['01', GTIN])],
    ['a lot in Code 128', 'C', '10L7', other('10L7')],
    ['a GTIN in Codabar', 'F', `01${GTIN}`, other(`01${GTIN}`)],
    ['an EAN-13', 'E', '6291041500213', ean('06291041500213')],
  ])('%s', (_what, symbology, text, content) => {
    expect(barcodeContent({ text, symbology })).toEqual(content);
  });
});

describe('any text', () => {
  it('any number of an item is that item, however it is sent', () => {
    const around = fc.constantFrom('', ']C0', ']Q1', ']A0', ']Q1https://lend.example/');
    fc.assert(
      fc.property(fc.nat(999_999), around, (number, before) => {
        const key = itemKey(number);
        expect(barcodeContent(splitAim(`${before}${itemLabel(key)}`))).toEqual({ kind: 'item', key });
      }),
    );
  });

  it('any elements are found in each GS1 symbol', () => {
    fc.assert(
      fc.property(anyElements, fc.constantFrom(']C1', ']d2', ']Q3', ']e0'), (elements, aim) => {
        expect(barcodeContent(splitAim(`${aim}${encodeElementString(elements)}`))).toEqual({ kind: 'gs1', elements });
      }),
    );
  });

  it('is something', () => {
    const kinds = /^(?:item|ean|gs1|wrong-gs1|digital-link|address|other)$/;
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^\][CdQeEI][0-4][0-9#]{0,30}$/).map((sent) => sent.replaceAll('#', '\u001d')),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(text, (any) => {
        expect(barcodeContent(splitAim(any)).kind).toMatch(kinds);
      }),
      { numRuns: 1000 },
    );
  });
});
