import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBarcodeText } from '#hardware/protocol/barcode-text.ts';
import { HID_POS_62, HID_POS_64, MICROSCAN, type HidPosLayout } from '#hardware/protocol/hid-pos-layout.ts';
import { createHidPosParser, encodeHidPos } from '#hardware/protocol/hid-pos.ts';
import { cutAt, cuts, feed, hex, join } from './byte-streams.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (chunks: readonly Uint8Array[], layout: HidPosLayout = HID_POS_64, pauses = false) =>
  feed(createHidPosParser(layout), chunks, pauses);
/** `aim` is the letter and what is behind it. */
const code = (text: string, aim = '') => ({
  kind: 'barcode',
  text,
  symbology: aim[0] ?? null,
  modifier: aim[1] ?? null,
});
const error = (name: string) => ({ kind: 'error', code: name });

const T18 = join(hex('02 0D 5D 45 30 36 32 39 31 30 34 31 35 30 30 32 31 33'), new Uint8Array(46));
const T18_CODE = code('6291041500213', 'E0');
const LAYOUTS = { '64 bytes': HID_POS_64, '62 bytes': HID_POS_62, Microscan: MICROSCAN };
const layouts = Object.entries(LAYOUTS);

describe('T18', () => {
  it('is read whole and at every split point', () => {
    expect(T18).toHaveLength(64);
    for (let place = 0; place < T18.length; place += 1) {
      expect(read(cutAt(T18, [place]))).toEqual({ results: [T18_CODE], dropped: 0 });
    }
  });

  it('is read byte by byte', () => {
    expect(read([...T18].map((byte) => Uint8Array.of(byte)))).toEqual({ results: [T18_CODE], dropped: 0 });
  });

  it('is written as it was read', () => {
    expect(encodeHidPos(utf8('6291041500213'), HID_POS_64, ']E0')).toEqual([T18]);
  });

  it('is found behind up to 64 bytes that can begin no report', () => {
    const noise = fc.array(
      fc.nat(0xff).filter((byte) => byte !== 0x02),
      { maxLength: 64 },
    );
    fc.assert(
      fc.property(noise, cuts, (before, places) => {
        const stream = join(Uint8Array.from(before), T18);
        expect(read(cutAt(stream, places))).toEqual({ results: [T18_CODE], dropped: before.length });
      }),
    );
  });

  it.each([
    ['a report id alone', '02'],
    ['a length that no report has', '02 39 5D 45 30'],
    ['an identifier that is no text', '02 0D 5D 45 80'],
  ])('is found behind %s', (_what, before) => {
    const stream = join(hex(before), T18);
    for (let place = 0; place < stream.length; place += 1) {
      expect(read(cutAt(stream, [place]))).toEqual({ results: [T18_CODE], dropped: hex(before).length });
    }
  });
});

describe.each(layouts)('%s', (_name, layout) => {
  it('a code is read from reports of that length at every split point', () => {
    const stream = join(...encodeHidPos(utf8('HF-000123'), layout));
    expect(stream).toHaveLength(layout.reportBytes);
    for (let place = 0; place < stream.length; place += 1) {
      expect(read(cutAt(stream, [place]), layout)).toEqual({ results: [code('HF-000123')], dropped: 0 });
    }
  });
});

describe.each([
  ['64 bytes', HID_POS_64],
  ['62 bytes', HID_POS_62],
])('joined reports of %s', (_name, layout) => {
  it.each([56, 57, 112, 113, 2953])('a code of %i characters', (length) => {
    const text = 'A1-b'.repeat(739).slice(0, length);
    const reports = encodeHidPos(utf8(text), layout, ']Q1');
    expect(reports).toHaveLength(Math.ceil(length / 56));
    expect(read(reports, layout)).toEqual({ results: [code(text, 'Q1')], dropped: 0 });
  });

  it('a character may have its bytes in two reports', () => {
    for (const lead of ['', 'A', 'AB']) {
      const text = `${lead}${'红帆驿站'.repeat(6)}`;
      expect(read(encodeHidPos(utf8(text), layout), layout).results).toEqual([code(text)]);
    }
  });

  it('so it may in GBK', () => {
    const sail = hex('BA EC B7 AB');
    const content = join(utf8('A'), ...Array.from({ length: 20 }, () => sail));
    expect(read(encodeHidPos(content, layout), layout).results).toEqual([code(`A${'红帆'.repeat(20)}`)]);
  });

  it('reports behind the first need no identifier', () => {
    const [first, second] = encodeHidPos(utf8('A'.repeat(60)), layout, ']Q1');
    second?.fill(0, 2, 5);
    expect(read([first!, second!], layout).results).toEqual([code('A'.repeat(60), 'Q1')]);
  });

  it('half a code is dropped and counted at a pause, not earlier', () => {
    const [first] = encodeHidPos(utf8('A'.repeat(60)), layout);
    const parser = createHidPosParser(layout);
    expect([parser.push(first!), parser.isInside(), parser.dropped()]).toEqual([[], true, 0]);
    expect(parser.pause()).toEqual([error('half-message')]);
    expect([parser.isInside(), parser.dropped()]).toEqual([false, layout.reportBytes]);
    expect(parser.pause()).toEqual([]);
    expect(parser.push(encodeHidPos(utf8('HF-000124'), layout)[0]!)).toEqual([code('HF-000124')]);
  });

  it('so is half a report', () => {
    const [report] = encodeHidPos(utf8('HF-000123'), layout);
    const half = report!.slice(0, 30);
    expect(read([half], layout, true)).toEqual({ results: [error('half-message')], dropped: 30 });
  });

  it('another identifier is another code: the one before is half', () => {
    const [first] = encodeHidPos(utf8('A'.repeat(60)), layout, ']Q1');
    const stream = join(first!, ...encodeHidPos(utf8('6291041500213'), layout, ']E0'));
    expect(read([stream], layout)).toEqual({
      results: [error('half-message'), T18_CODE],
      dropped: layout.reportBytes,
    });
  });

  it('reports that go on without end are cut off, and the next code is read', () => {
    const flood = encodeHidPos(new Uint8Array(100_000).fill(0x41), layout);
    const next = encodeHidPos(utf8('HF-000123'), layout);
    expect(read([...flood, ...next], layout)).toEqual({
      results: [error('too-long'), code('HF-000123')],
      dropped: flood.length * layout.reportBytes,
    });
  });
});

describe('text', () => {
  it.each([
    ['红帆', '红帆', utf8('红帆')],
    ['红帆 in GBK', '红帆', hex('BA EC B7 AB')],
    ['a suffix of CR LF', 'HF-000123', utf8('HF-000123\r\n')],
    ['GS before and inside', '\u001d21SN\u001d10L7', utf8('\u001d21SN\u001d10L7')],
    ['nothing', '', hex('')],
  ])('%s', (_what, text, bytes) => {
    expect(decodeBarcodeText(bytes)).toBe(text);
  });

  it.each([
    ['neither UTF-8 nor GBK', 'FF FE 80 41'],
    ['half a GBK character', '41 BA'],
    ['a control character inside', '41 07 42'],
    ['a C1 control character', '41 C2 85 42'],
    ['U+FFFD itself', '41 EF BF BD 42'],
    ["GBK's user-defined row", 'AA A1'],
  ])('%s is none', (_what, bytes) => {
    expect(decodeBarcodeText(hex(bytes))).toBeNull();
  });

  it('what is none, or empty, is an error and counted', () => {
    const wrong = encodeHidPos(hex('FF FE 80 41'), HID_POS_64);
    const empty = encodeHidPos(hex('0D 0A'), HID_POS_64);
    expect(read([...wrong, ...empty, T18])).toEqual({
      results: [error('not-text'), error('empty'), T18_CODE],
      dropped: 128,
    });
  });
});

describe('any bytes', () => {
  const layout = fc.constantFrom(...Object.values(LAYOUTS));
  const anyCode = fc.stringMatching(/^[A-Za-z0-9红帆 #-]{1,200}$/).filter((text) => text.trim() !== '');
  const aim = fc.constantFrom(']E0', ']C1', ']Q1', '\0\0\0');

  it('any codes in any chunks are read whole and in order', () => {
    const joining = fc.constantFrom(HID_POS_64, HID_POS_62);
    fc.assert(
      fc.property(joining, fc.array(fc.tuple(anyCode, aim), { maxLength: 5 }), cuts, (shape, codes, places) => {
        const stream = join(...codes.flatMap(([text, id]) => encodeHidPos(utf8(text), shape, id)));
        expect(read(cutAt(stream, places), shape, true)).toEqual({
          results: codes.map(([text, id]) => code(text, id.startsWith(']') ? id.slice(1) : '')),
          dropped: 0,
        });
      }),
    );
  });

  it('chunks make no difference, whatever the bytes are', () => {
    const piece = fc.oneof(
      fc.tuple(anyCode, aim).map(([text, id]) => join(...encodeHidPos(utf8(text), HID_POS_64, id))),
      fc.tuple(anyCode, fc.nat(64)).map(([text, length]) => encodeHidPos(utf8(text), HID_POS_62)[0]!.slice(0, length)),
      fc.array(fc.constantFrom(0x01, 0x02, 0x0d, 0x5d, 0x00), { maxLength: 80 }).map((all) => Uint8Array.from(all)),
      fc.uint8Array({ maxLength: 80 }),
    );
    fc.assert(
      fc.property(layout, fc.array(piece, { maxLength: 8 }), cuts, (shape, pieces, places) => {
        const stream = join(...pieces);
        const whole = read([stream], shape, true);
        expect(read(cutAt(stream, places), shape, true)).toEqual(whole);
        expect(whole.dropped).toBeLessThanOrEqual(stream.length);
      }),
      { numRuns: 300 },
    );
  });
});
