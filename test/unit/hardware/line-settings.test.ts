import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineParser, encodeLine, type LineParserOptions } from '#hardware/protocol/line.ts';
import { cutAt, cuts, feed, join } from './byte-streams.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const parser = (options: Partial<LineParserOptions>) =>
  createLineParser({ pause: 'pause-drops', shortest: 4, ...options });
const code = (text: string, symbology: string | null = null) => ({ kind: 'barcode', text, symbology });
const error = (name: string) => ({ kind: 'error', code: name });

describe('a scanner with a text in front and behind', () => {
  const settings = { prefix: '站1>', suffix: '<' };

  it('has both taken off, at every split point', () => {
    const bytes = encodeLine(']C0HF-000123', settings);
    for (let place = 0; place < bytes.length; place += 1) {
      const { results, dropped } = feed(parser(settings), cutAt(bytes, [place]));
      expect([results, dropped]).toEqual([[code('HF-000123', 'C')], 0]);
    }
  });

  it('may still pad with control characters and frame with STX and ETX', () => {
    const bytes = join(Uint8Array.of(0x02, 0), encodeLine('HF-000123', { ...settings, terminator: '\0\u0003' }));
    expect(feed(parser(settings), [bytes]).results).toEqual([code('HF-000123')]);
  });

  it.each([
    ['without its beginning', '1>HF-000123<\r', 'no-prefix'],
    ['without its end', '站1>HF-000123\r', 'no-suffix'],
    ['of which the two are all', '站1><\r', 'too-short'],
    ['shorter than the two', '站1>\r', 'no-suffix'],
  ])('has a code %s refused, and counted', (_what, sent, name) => {
    expect(feed(parser(settings), [ascii(sent)])).toEqual({
      results: [error(name)],
      dropped: ascii(sent).length - 1,
    });
  });

  it('is not read where one text is both the end and the beginning', () => {
    const both = { prefix: 'ABC', suffix: 'CDE' };
    expect(feed(parser({ ...both, shortest: 1 }), [ascii('ABCDE\r')]).results).toEqual([error('no-suffix')]);
  });
});

describe('terminators of a scanner', () => {
  it('may be others, also printable ones', () => {
    const semicolon = parser({ terminators: new Set([0x3b]) });
    expect(feed(semicolon, [ascii('HF-000123;HF-000124;HF-00')]).results).toEqual([
      code('HF-000123'),
      code('HF-000124'),
    ]);
  });

  it('are then no others: what stands inside a code is no end', () => {
    const carriageReturn = parser({ terminators: new Set([0x0d]) });
    expect(feed(carriageReturn, [ascii('HF\t0123\rHF-000124\r\nHF-000125\r')]).results).toEqual([
      error('not-text'),
      code('HF-000124'),
      code('HF-000125'),
    ]);
  });
});

describe('the modifier', () => {
  it.each([
    [']C1HF-000123', 'C', '1'],
    ['HF-000123', null, null],
  ])('of %s is told where it is asked for', (sent, symbology, modifier) => {
    expect(feed(parser({ modifier: true }), [encodeLine(sent)]).results).toEqual([
      { ...code('HF-000123', symbology), modifier },
    ]);
  });
});

describe('any settings and bytes', () => {
  const around = fc.stringMatching(/^[A-Za-z<>#红 ]{0,5}$/);
  const label = fc.stringMatching(/^[A-Z0-9红帆#-]{4,40}$/);
  const settings = fc.record({ prefix: around, suffix: around });

  it('codes are read as they were sent, in any chunks', () => {
    fc.assert(
      fc.property(settings, fc.array(label, { maxLength: 6 }), cuts, (texts, labels, places) => {
        const stream = join(...labels.map((text) => encodeLine(text, texts)));
        const { results, dropped } = feed(parser(texts), cutAt(stream, places), true);
        expect([results, dropped]).toEqual([labels.map((text) => code(text)), 0]);
      }),
    );
  });

  it('chunks make no difference', () => {
    const byte = fc.oneof(fc.nat(0xff), fc.constantFrom(0x3b, 0x0d, 0x02, 0x3c, 0x41, 0x5d));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 300 }), cuts, (bytes, places) => {
        const options = { prefix: 'A', suffix: '<', terminators: new Set([0x3b]), shortest: 1 };
        const stream = Uint8Array.from(bytes);
        expect(feed(parser(options), cutAt(stream, places), true)).toEqual(feed(parser(options), [stream], true));
      }),
    );
  });

  it('padding inside codes makes them wrong, however much of it there is', () => {
    const padding = join(ascii('A'), new Uint8Array(4000), ascii('A\r'));
    const all = join(...Array.from({ length: 250 }, () => padding));
    expect(feed(parser({}), [all])).toEqual({
      results: Array.from({ length: 250 }, () => error('not-text')),
      dropped: 250 * 4002,
    });
  });
});
