import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IC_CARD_PROTOCOLS, type IcCardProtocolName, LINE_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import { cutAt, cuts, feed, hex, join } from './byte-streams.ts';
import { icCardCases } from './ic-card-cases.ts';

// Object.keys has lost the type of the keys.
const NAMES = Object.keys(IC_CARD_PROTOCOLS) as IcCardProtocolName[];
/** What decimal lines leave of a card, bytes; the others send all of it. */
const SENT_BYTES: Partial<Record<IcCardProtocolName, number>> = {
  'decimal-8h10d': 4,
  'decimal-6h8d': 3,
  'decimal-2h4h': 3,
  'decimal-4h4h': 4,
};
const HAS_STX: ReadonlySet<IcCardProtocolName> = new Set(['rdm6300', 'id-12', 'idteck']);

const read = (name: IcCardProtocolName, chunks: readonly Uint8Array[], pauses = false) =>
  feed(IC_CARD_PROTOCOLS[name].createParser(), chunks, pauses);
const frameOf = (name: IcCardProtocolName, uid: Uint8Array) => IC_CARD_PROTOCOLS[name].encode(uid)!;
const card = (protocol: IcCardProtocolName, uid: Uint8Array) => {
  const digits = Array.from(uid, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const sent = 2 * (SENT_BYTES[protocol] ?? uid.length);
  return { kind: 'ic-card', uid: digits.slice(-sent).toUpperCase(), protocol };
};
const fiveBytes = fc.uint8Array({ minLength: 5, maxLength: 5 });

describe('the table', () => {
  it('has each protocol under the name that its readings bear', () => {
    expect(Object.entries(LINE_PROTOCOLS).map(([key, { name }]) => [key, name])).toEqual(
      Object.keys(LINE_PROTOCOLS).map((key) => [key, key]),
    );
    for (const name of NAMES)
      expect(read(name, [frameOf(name, hex('0102030405'))]).results).toEqual([card(name, hex('0102030405'))]);
  });

  it('waits longer than a frame takes on its line, and holds a card longer than its reader is silent between two', () => {
    for (const name of NAMES) {
      const { baud, pauseMs, repeat } = IC_CARD_PROTOCOLS[name];
      const wireMs = (frameOf(name, hex('0102030405')).length * 10 * 1000) / baud;
      expect(pauseMs).toBeGreaterThan(2 * wireMs);
      expect(repeat.withinMs).toBeGreaterThan(2 * 50 + pauseMs);
    }
  });

  it('refuses to say a card that has no place in its frame', () => {
    expect(IC_CARD_PROTOCOLS.rdm6300.encode(hex('5630F009'))).toBe(null);
    expect(IC_CARD_PROTOCOLS['id-12'].encode(hex('5630F009'))).toBe(null);
    expect(IC_CARD_PROTOCOLS.idteck.encode(hex('04A1B2C3D4E5F6'))).toBe(null);
    expect(IC_CARD_PROTOCOLS['hex-line'].encode(hex('010063E9AE25'))).toBe(null);
    expect(IC_CARD_PROTOCOLS['decimal-8h10d'].encode(hex('6F6C3A'))).toBe(null);
  });
});

describe('frames of the cases', () => {
  it.each(icCardCases.frames)('$protocol: $why', ({ protocol, hex: sent, uid }) => {
    const bytes = hex(sent);
    const expected = { results: [{ kind: 'ic-card', uid, protocol }], dropped: 0 };
    for (let place = 0; place < bytes.length; place += 1)
      expect(read(protocol, cutAt(bytes, [place]))).toEqual(expected);
    expect(
      read(
        protocol,
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(expected);
  });

  it.each(icCardCases.wrongFrames)('$protocol, wrong: $why', ({ protocol, hex: sent, error }) => {
    const bytes = hex(sent);
    const good = frameOf(protocol, hex('0C000621A5'));
    for (let place = 0; place < bytes.length; place += 1) {
      const { results } = read(protocol, [...cutAt(bytes, [place]), good]);
      expect(results.slice(0, 1)).toEqual([{ kind: 'error', code: error }]);
      expect(results.filter(({ kind }) => kind === 'ic-card')).toEqual([card(protocol, hex('0C000621A5'))]);
    }
  });

  it.each(icCardCases.wrongFrames.filter(({ protocol }) => HAS_STX.has(protocol)))(
    '$protocol, each byte counted once: $why',
    ({ protocol, hex: sent }) => {
      expect(read(protocol, [hex(sent)], true).dropped).toBe(hex(sent).length);
    },
  );
});

describe.each(NAMES)('%s', (name) => {
  it('reads any cards in any chunks, whole and in order', () => {
    fc.assert(
      fc.property(fc.array(fiveBytes, { maxLength: 8 }), cuts, (uids, places) => {
        const stream = join(...uids.map((uid) => frameOf(name, uid)));
        const expected = uids.map((uid) => card(name, uid));
        expect(read(name, cutAt(stream, places), true)).toEqual({ results: expected, dropped: 0 });
        expect(
          read(
            name,
            Array.from(stream, (byte) => Uint8Array.of(byte)),
            true,
          ).results,
        ).toEqual(expected);
      }),
    );
  });

  it('reads the last card behind any noise: at once with STX in front, after a pause without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fiveBytes, cuts, (noise, uid, places) => {
        const parser = IC_CARD_PROTOCOLS[name].createParser();
        for (const chunk of cutAt(noise, places)) parser.push(chunk);
        if (!HAS_STX.has(name)) parser.pause();
        expect(parser.push(frameOf(name, uid)).at(-1)).toEqual(card(name, uid));
      }),
      { numRuns: 500 },
    );
  });

  it('makes the same of any bytes however they are cut, and counts each once', () => {
    const byte = fc.oneof(fc.nat(0xff), fc.constantFrom(0x02, 0x03, 0x0d, 0x0a, 0x30, 0x31, 0x39, 0x41, 0x46));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 300 }), cuts, (bytes, places) => {
        const stream = Uint8Array.from(bytes);
        const whole = read(name, [stream], true);
        expect(read(name, cutAt(stream, places), true)).toEqual(whole);
        expect(whole.dropped).toBeLessThanOrEqual(stream.length);
      }),
      { numRuns: 300 },
    );
  });

  it('drops half a card at a pause, and reads the next', () => {
    const frame = frameOf(name, hex('010063E9AE'));
    const parser = IC_CARD_PROTOCOLS[name].createParser();
    expect(parser.isInside()).toBe(false);
    parser.push(frame.subarray(0, 5));
    expect(parser.isInside()).toBe(true);
    expect(parser.pause()).toMatchObject([{ kind: 'error' }]);
    expect([parser.isInside(), parser.dropped()]).toEqual([false, 5]);
    expect(parser.pause()).toEqual([]);
    expect(parser.push(frame)).toEqual([card(name, hex('010063E9AE'))]);
  });

  it('a frame that breaks off in the next one costs only itself, where a frame has a beginning', () => {
    const frame = frameOf(name, hex('010063E9AE'));
    for (let length = 1; length < frame.length - 2; length += 1) {
      const { results } = read(name, [frame.subarray(0, length), frame, frame], true);
      const cards = results.filter(({ kind }) => kind === 'ic-card');
      expect(cards.length).toBeGreaterThanOrEqual(HAS_STX.has(name) ? 2 : 1);
      expect(cards.at(-1)).toEqual(card(name, hex('010063E9AE')));
    }
  });

  it('digits without end wait nowhere, and behind a pause the next card is read', () => {
    const parser = IC_CARD_PROTOCOLS[name].createParser();
    const endless = join(Uint8Array.of(0x02), new Uint8Array(999).fill(0x41));
    parser.push(endless);
    for (let chunk = 1; chunk < 20; chunk += 1) parser.push(endless.subarray(1));
    expect(parser.dropped()).toBeGreaterThan(15_000);
    parser.pause();
    expect(parser.push(frameOf(name, hex('010063E9AE')))).toEqual([card(name, hex('010063E9AE'))]);
  });
});
