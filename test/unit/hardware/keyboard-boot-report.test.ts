import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBootReportParser, encodeBootReports } from '#hardware/protocol/keyboard-boot-report.ts';
import { cutAt, cuts, feed, hex, join } from './byte-streams.ts';

const read = (chunks: readonly Uint8Array[], pauses = false) => feed(createBootReportParser(), chunks, pauses);
const key = (name: string) => ({ kind: 'key', key: name });
const keys = (...names: string[]) => names.map((name) => key(name));
const error = (name: string) => ({ kind: 'error', code: name });
/** Reports of modifiers and usages, the rest zero. */
const reports = (...all: string[]) => join(...all.map((text) => join(hex(text), new Uint8Array(8 - hex(text).length))));

const RELEASE = '00';
const T20 = reports(
  '02 00 04',
  RELEASE,
  '00 00 1E',
  RELEASE,
  '00 00 2D',
  RELEASE,
  '00 00 05',
  RELEASE,
  '00 00 28',
  RELEASE,
);
const T20_KEYS = ['A', '1', '-', 'b', 'Enter'];

describe('T20', () => {
  it('is read whole and at every split point', () => {
    expect(T20).toHaveLength(80);
    for (let place = 0; place < T20.length; place += 1) {
      expect(read(cutAt(T20, [place]))).toEqual({ results: keys(...T20_KEYS), dropped: 0 });
    }
  });

  it('is read byte by byte', () => {
    expect(read([...T20].map((byte) => Uint8Array.of(byte)))).toEqual({ results: keys(...T20_KEYS), dropped: 0 });
  });

  it('is written as it was read', () => {
    expect(join(...(encodeBootReports(T20_KEYS) ?? []))).toEqual(T20);
  });

  it('is read behind half a report and a pause', () => {
    for (let length = 1; length < 8; length += 1) {
      const parser = createBootReportParser();
      expect([parser.push(T20.slice(0, length)), parser.isInside()]).toEqual([[], true]);
      expect(parser.pause()).toEqual([error('half-report')]);
      expect([parser.isInside(), parser.dropped(), parser.pause()]).toEqual([false, length, []]);
      expect(parser.push(T20)).toEqual(keys(...T20_KEYS));
    }
  });
});

describe('keys', () => {
  it('every character of a US keyboard, and named keys', () => {
    const printable = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCodePoint(0x20 + index));
    const all = [...printable, 'Enter', 'Tab', 'Backspace', 'Escape'];
    expect(read(encodeBootReports(all) ?? []).results).toEqual(keys(...all));
  });

  it('of the keypad, with or without shift', () => {
    const pad = [0x59, 0x61, 0x62, 0x63, 0x58].map((usage) => `00 00 ${usage.toString(16)}`);
    expect(read([reports(...pad)]).results).toEqual(keys('1', '9', '0', '.', 'Enter'));
    expect(read([reports('02 00 59')]).results).toEqual(keys('1'));
  });

  it.each(['02', '20', '22'])('shift %s makes capitals and signs', (shift) => {
    expect(read([reports(`${shift} 00 04`, RELEASE, `${shift} 00 1F`)]).results).toEqual(keys('A', '@'));
  });

  it('count when newly pressed, though no release came between', () => {
    expect(read([reports('00 00 04', '00 00 05', '00 00 05 06', '00 00 06', '00 00 04')]).results).toEqual(
      keys('a', 'b', 'c', 'a'),
    );
  });

  it('count once while they are down, wherever in the report they stand', () => {
    expect(read([reports('00 00 04', '00 00 04', '00 00 00 04', '02 00 04', '00 00 04 04')]).results).toEqual(
      keys('a'),
    );
  });

  it('count twice with a release between', () => {
    expect(read([reports('00 00 1E', RELEASE, '00 00 1E')]).results).toEqual(keys('1', '1'));
  });

  it('that come in one report are taken as they stand', () => {
    expect(read([reports('00 00 05 04')]).results).toEqual(keys('b', 'a'));
  });

  it('are still down behind a rollover report', () => {
    expect(read([reports('00 00 04', '00 00 01 01 01 01 01 01', '00 00 04 05')])).toEqual({
      results: [key('a'), error('rollover'), key('b')],
      dropped: 8,
    });
  });

  it.each(['00 00 3A', '00 00 39', '01 00 04', '04 00 04', '40 00 04', '80 00 04'])(
    'report %s is a key that types nothing',
    (report) => {
      expect(read([reports(report)])).toEqual({ results: [error('no-character')], dropped: 1 });
    },
  );

  it('that are on no US keyboard have no reports', () => {
    expect([encodeBootReports(['A', '红']), encodeBootReports(['F1']), encodeBootReports([])]).toEqual([
      null,
      null,
      [],
    ]);
  });
});

describe('any bytes', () => {
  const anyKeys = fc.array(fc.oneof(fc.stringMatching(/^[ -~]$/), fc.constantFrom('Enter', 'Tab')), { maxLength: 40 });

  it('any keys in any chunks are read in order', () => {
    fc.assert(
      fc.property(anyKeys, cuts, (names, places) => {
        const stream = join(...(encodeBootReports(names) ?? []));
        expect(read(cutAt(stream, places), true)).toEqual({ results: keys(...names), dropped: 0 });
      }),
    );
  });

  it('release reports may be left out between keys of different places', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z1-9]{1,40}$/), fc.infiniteStream(fc.boolean()), (text, keep) => {
        const pairs = Array.from(text).map((name) => encodeBootReports([name]) ?? []);
        const stream = pairs.flatMap(([press, release], index) =>
          text[index] === text[index + 1] || keep.next().value === true ? [press!, release!] : [press!],
        );
        expect(read(stream).results).toEqual(keys(...Array.from(text)));
      }),
    );
  });

  it('chunks make no difference, whatever the bytes are', () => {
    const byte = fc.oneof(fc.nat(0xff), fc.constantFrom(0, 0, 0, 1, 2, 4, 5, 0x28));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 300 }), cuts, (bytes, places) => {
        const stream = Uint8Array.from(bytes);
        expect(read(cutAt(stream, places), true)).toEqual(read([stream], true));
      }),
      { numRuns: 300 },
    );
  });
});
