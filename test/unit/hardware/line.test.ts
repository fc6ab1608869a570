import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineParser, encodeLine, type LinePause } from '#hardware/protocol/line.ts';
import { cutAt, cuts, feed, hex, join } from './byte-streams.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const parser = (pause: LinePause = 'pause-drops') => createLineParser({ pause, shortest: 4 });
const read = (chunks: readonly Uint8Array[], pauses = false) => feed(parser(), chunks, pauses);
const code = (text: string, symbology: string | null = null) => ({ kind: 'barcode', text, symbology });
const error = (name: string) => ({ kind: 'error', code: name });

describe('codes', () => {
  it.each(['\r', '\n', '\r\n', '\t', '\u0003'])('end with %j, at every split point', (terminator) => {
    const bytes = ascii(`HF-000123${terminator}HF-000124${terminator}`);
    for (let place = 0; place < bytes.length; place += 1) {
      const { results, dropped } = read(cutAt(bytes, [place]));
      expect(results).toEqual([code('HF-000123'), code('HF-000124')]);
      expect(dropped).toBe(0);
    }
  });

  it('may stand between STX and ETX', () => {
    expect(read([ascii('\u0002HF-000123\u0003')]).results).toEqual([code('HF-000123')]);
  });

  it('lose padding and flow control around them, but never letters', () => {
    expect(read([ascii('\0\0\u0011HF-000123\u0013\0\r')]).results).toEqual([code('HF-000123')]);
  });

  it('are UTF-8, also where a character is cut by a chunk', () => {
    const bytes = encodeLine('红帆驿站');
    for (let place = 0; place < bytes.length; place += 1) {
      expect(read(cutAt(bytes, [place])).results).toEqual([code('红帆驿站')]);
    }
  });

  it.each([
    [']C0HF-000123', 'HF-000123', 'C'],
    [']Q1https://example.test/HF-000123', 'https://example.test/HF-000123', 'Q'],
    [']E06291041500213', '6291041500213', 'E'],
    [']-0HF-000123', ']-0HF-000123', null],
    ['HF]C0-000123', 'HF]C0-000123', null],
  ])('%s has its AIM letter told apart', (sent, text, symbology) => {
    expect(read([encodeLine(sent)]).results).toEqual([code(text, symbology)]);
  });

  it('keep the group separator of GS1 (T21)', () => {
    const sent = hex(
      '5D 43 31 30 31 30 39 35 32 31 32 33 34 35 34 33 32 31 33 32 31 53 4E 30 30 34 32 1D 31 30 4C 37 0D',
    );
    expect(read([sent]).results).toEqual([code('010952123454321321SN0042\u001d10L7', 'C')]);
  });
});

describe('what is no code', () => {
  it('bytes that are no text are an error, and counted', () => {
    expect(read([hex('FF FE 80 41 42 0D')])).toEqual({ results: [error('not-text')], dropped: 5 });
  });

  it('a control character inside makes the code wrong', () => {
    expect(read([ascii('HF-00\u0007123\r')])).toEqual({ results: [error('not-text')], dropped: 9 });
  });

  it('a run shorter than any label is noise', () => {
    expect(read([ascii('A7\r')])).toEqual({ results: [error('too-short')], dropped: 2 });
    expect(feed(createLineParser({ pause: 'pause-drops', shortest: 1 }), [ascii('A7\r')]).results).toEqual([
      code('A7'),
    ]);
  });

  it('bytes without end are cut off, and the next code is read', () => {
    const endless = new Uint8Array(10_000).fill(0x41);
    const { results, dropped } = read([endless, ascii('\rHF-000123\r')]);
    expect(results).toEqual([error('too-long'), code('HF-000123')]);
    expect(dropped).toBe(10_000);
  });

  it('the longest QR code is not too long', () => {
    const text = 'A'.repeat(2953);
    expect(read([encodeLine(text)]).results).toEqual([code(text)]);
  });
});

describe('a pause', () => {
  it('drops half a code where the scanner sends a terminator', () => {
    const line = parser();
    expect(line.push(ascii('HF-00'))).toEqual([]);
    expect(line.isInside()).toBe(true);
    expect(line.pause()).toEqual([error('half-line')]);
    expect([line.isInside(), line.dropped()]).toEqual([false, 5]);
    expect(line.push(ascii('HF-000123\r'))).toEqual([code('HF-000123')]);
  });

  it('ends a code where the scanner sends none', () => {
    const line = parser('pause-ends');
    expect(line.push(ascii('HF-000123'))).toEqual([]);
    expect(line.pause()).toEqual([code('HF-000123')]);
    expect(line.dropped()).toBe(0);
  });

  it('means nothing where nothing has begun', () => {
    expect([parser().pause(), parser('pause-ends').pause()]).toEqual([[], []]);
  });
});

describe('any bytes', () => {
  const label = fc.stringMatching(/^[A-Za-z0-9红帆 #-]{4,40}$/).filter((text) => text.trim().length >= 4);

  it('any codes in any chunks are read whole and in order', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 8 }), cuts, (labels, places) => {
        const stream = join(...labels.map((text) => encodeLine(text)));
        const { results, dropped } = read(cutAt(stream, places), true);
        expect(results).toEqual(labels.map((text) => code(text)));
        expect(dropped).toBe(0);
      }),
    );
  });

  it('chunks make no difference, whatever the bytes are, and no code has a control character', () => {
    const byte = fc.oneof(fc.nat(0xff), fc.constantFrom(0x0d, 0x0a, 0x02, 0x03, 0x5d, 0x43, 0x30, 0x41));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 300 }), cuts, (bytes, places) => {
        const stream = Uint8Array.from(bytes);
        const whole = read([stream], true);
        expect(read(cutAt(stream, places), true)).toEqual(whole);
        const codes = whole.results.filter((result) => result.kind === 'barcode');
        // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
        expect(codes.map(({ text }) => text).join('')).not.toMatch(/[\u0000-\u001c\u001e\u001f\u007f]/);
      }),
      { numRuns: 300 },
    );
  });
});
