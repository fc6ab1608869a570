import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Burst, judge } from '#hardware/finder/judge.ts';
import { scannerTraits } from '#hardware/finder/scanner-traits.ts';
import { IC_CARD_PROTOCOLS, type IcCardProtocolName, LINE_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { hex, join } from './byte-streams.ts';

const burst = (bytes: Uint8Array): Burst => ({ bytes, isCut: false });
const text = (sent: string) => burst(new TextEncoder().encode(sent));
const frame = (name: IcCardProtocolName, uid: string) => IC_CARD_PROTOCOLS[name].encode(hex(uid)) ?? new Uint8Array();
const said = (...bursts: Burst[]) => judge(bursts, LINE_PROTOCOLS);
const LABEL = itemLabel('HF-000001');

const casesSchema = z.array(
  z.strictObject({
    why: z.string(),
    heard: z.array(z.string()),
    shown: z.enum(['label', 'card']).optional(),
    who: z.looseObject({ kind: z.string() }),
  }),
);
const cases = casesSchema.parse(
  JSON.parse(readFileSync(new URL('../../cases/who-talks.json', import.meta.url), 'utf8')),
);

describe('who talks', () => {
  it.each(cases)('$why', ({ heard, shown = null, who }) => {
    const bursts = heard.map((bytes) => burst(hex(bytes)));
    expect(judge(bursts, LINE_PROTOCOLS, shown)).toEqual(who);
  });

  it.each(['rdm6300', 'id-12', 'idteck'] as const)('%s by its checksum, once or held there', (protocol) => {
    const one = frame(protocol, '010063E9AE');
    const expected = { kind: 'ic-card', protocol, isChecked: true };
    expect(said(burst(one))).toEqual(expected);
    const held = join(...Array.from({ length: 40 }, () => one));
    // As a line that is opened while a card is held there: from the middle of a frame, to the middle of one.
    for (let from = 0; from < one.length; from += 1) {
      expect([from, said({ bytes: held.subarray(from, -5), isCut: true })]).toEqual([from, expected]);
    }
  });

  it.each(['rdm6300', 'id-12', 'idteck'] as const)(
    '%s with any one bit turned is never believed for its checksum',
    (protocol) => {
      const one = frame(protocol, '010063E9AE');
      const damaged = Array.from(one, (_, place) =>
        [1, 2, 4, 8, 16, 32, 64, 128].map((bit) => one.map((byte, at) => (at === place ? byte ^ bit : byte))),
      ).flat();
      const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
      // A small letter for a capital one is the same digit.
      const isOther = (bytes: Uint8Array) => latin(bytes).toUpperCase() !== latin(one);
      for (const bytes of damaged.filter(isOther)) expect(said(burst(bytes))).not.toMatchObject({ isChecked: true });
    },
  );

  it('a scanner, by what no card reader says', () => {
    for (const sent of [
      `${LABEL}\r`,
      `${LABEL}\n`,
      `${LABEL}\r\n`,
      LABEL,
      ']E06901234567892\r',
      '6901234567892\r',
      '红帆-1\r',
    ]) {
      expect([sent, said(text(sent))]).toEqual([sent, { kind: 'barcode' }]);
    }
  });

  it('says of digits that several say them, and knows after another scan', () => {
    const digits = text('0006547886\r\n');
    expect(said(digits)).toEqual({
      kind: 'several',
      protocols: ['barcode', 'hex-line', 'decimal-8h10d', 'decimal-4h4h'],
    });
    expect(said(digits, text(`${LABEL}\r\n`))).toEqual({ kind: 'barcode' });
    // 4H4H has no number above 65535 in its second half.
    const another = said(digits, text('0000070000\r\n'));
    expect(another).toEqual({ kind: 'several', protocols: ['barcode', 'hex-line', 'decimal-8h10d'] });
  });

  it('takes the word of a person for what is shown', () => {
    const uid = text('04A1B2C3D4E5F6\r\n');
    expect(said(uid)).toEqual({ kind: 'several', protocols: ['barcode', 'hex-line'] });
    expect(judge([uid], LINE_PROTOCOLS, 'card')).toEqual({ kind: 'ic-card', protocol: 'hex-line', isChecked: false });
    expect(judge([uid], LINE_PROTOCOLS, 'label')).toEqual({ kind: 'barcode' });
    expect(judge([text('111,27706\r\n')], LINE_PROTOCOLS, 'card')).toMatchObject({ protocol: 'decimal-2h4h' });
  });

  it('understands nothing in what a wrong speed makes of a code, nor in nothing', () => {
    for (const bytes of ['00 80 F8 00 0D', 'FF FF FE', '66 66', '']) {
      expect([bytes, said(burst(hex(bytes)))]).toEqual([bytes, { kind: 'unreadable' }]);
    }
    expect(said()).toEqual({ kind: 'unreadable' });
  });

  it('never throws, whatever comes, and never finds a checksum in it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 4 }), fc.boolean(), (parts, isCut) => {
        const who = judge(
          parts.map((bytes) => ({ bytes, isCut })),
          LINE_PROTOCOLS,
        );
        parts.forEach((bytes) => scannerTraits(bytes));
        expect(who).not.toMatchObject({ isChecked: true });
      }),
    );
  });
});

describe('how a scanner is set', () => {
  const traits = (sent: string) => scannerTraits(new TextEncoder().encode(sent));

  it.each([
    ['\r', 'CR'],
    ['\n', 'LF'],
    ['\r\n', 'CR LF'],
    ['\t', 'TAB'],
    ['\u0003', 'ETX'],
    ['', 'none'],
    ['\r\r', 'several'],
  ])('ends with %j', (end, terminator) => {
    expect(traits(`6901234567892${end}`)).toEqual({ terminator, startsWithStx: false, sendsAim: false, around: null });
    expect(traits(`\u0002${LABEL}${end}`)).toMatchObject({ terminator, startsWithStx: true });
  });

  it('tells what is around a label of ours, and nothing around other codes', () => {
    expect(traits(`${LABEL}\r`).around).toEqual({ prefix: '', suffix: '' });
    expect(traits(`A:${LABEL}#\r`)).toMatchObject({ around: { prefix: 'A:', suffix: '#' }, sendsAim: false });
    expect(traits(`A:]C0${LABEL}#\r`)).toMatchObject({ around: { prefix: 'A:', suffix: '#' }, sendsAim: true });
    expect(traits(`https://example.org/${LABEL}\r`).around).toBe(null);
    expect(traits('A:HF-000001-00\r').around).toBe(null);
    expect(traits(']E06901234567892\r')).toMatchObject({ around: null, sendsAim: true });
  });
});
