import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSdtParser, encodeFrame } from '#hardware/protocol/sdt-frame.ts';
import { cutAt, cuts, feed, hex, join } from './byte-streams.ts';
import { COMMANDS, REPLIES, SET_9600, T10_TEXT, T12_TEXT } from './sdt-vectors.ts';

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const payloadOf = (frame: Uint8Array) => ({ kind: 'payload', payload: frame.slice(7, -1) });
const read = (chunks: readonly Uint8Array[], pauses = false) => feed(createSdtParser(), chunks, pauses);

const FRAMES = Object.entries({ ...COMMANDS, set9600: SET_9600, ...REPLIES });
const byteByByte = (bytes: Uint8Array) => cutAt(bytes, [...bytes.keys()]);

/** The same bytes in each run (xorshift32), of all values. */
function noiseOf(length: number): Uint8Array {
  let state = 0x9e3779b9 + length;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}

describe('vectors', () => {
  it('the built cards are those of the device notes', () => {
    expect([sha(T10_TEXT), sha(REPLIES.t10)]).toEqual(['0756787388d46763', '599debc2ab15f6ea']);
    expect([sha(T12_TEXT), sha(REPLIES.t12)]).toEqual(['eddfa797cac98cea', '31e1e0798013a5fa']);
    expect(REPLIES.t10).toHaveLength(1295);
  });

  it.each(FRAMES)('%s is read byte by byte', (_name, frame) => {
    expect(read(byteByByte(frame))).toEqual({ results: [payloadOf(frame)], dropped: 0 });
  });

  it.each(FRAMES)('%s is read behind 0 to 64 random bytes, whole and byte by byte', (_name, frame) => {
    const expected = (length: number) => ({ results: [payloadOf(frame)], dropped: length });
    const lengths = [...noiseOf(65).keys()];
    const streams = lengths.map((length) => join(noiseOf(length), frame));
    expect(streams.map((stream) => read([stream]))).toEqual(lengths.map(expected));
    expect(streams.map((stream) => read(byteByByte(stream)))).toEqual(lengths.map(expected));
  });

  it.each(FRAMES)('%s is read at every split point', (_name, frame) => {
    for (let place = 0; place < frame.length; place += 1) {
      expect(read(cutAt(frame, [place]))).toEqual({ results: [payloadOf(frame)], dropped: 0 });
    }
  });

  it.each(FRAMES)('%s is written as it was read', (_name, frame) => {
    expect(encodeFrame(frame.slice(7, -1))).toEqual(frame);
  });

  it('two frames in one read are two results, at every split point (T8)', () => {
    const both = join(REPLIES.noCard, REPLIES.found);
    for (let place = 0; place < both.length; place += 1) {
      const { results, dropped } = read(cutAt(both, [place]));
      expect(results).toEqual([payloadOf(REPLIES.noCard), payloadOf(REPLIES.found)]);
      expect(dropped).toBe(0);
    }
  });

  it('two frames in one read are two results, and a wrong one none, also byte by byte and behind noise (T8, T5)', () => {
    const both = join(REPLIES.noCard, REPLIES.found);
    const wrong = hex('AA AA AA 96 69 00 03 20 01 21');
    for (const length of noiseOf(65).keys()) {
      const twoFrames = join(noiseOf(length), both);
      const two = { results: [payloadOf(REPLIES.noCard), payloadOf(REPLIES.found)], dropped: length };
      expect([read([twoFrames]), read(byteByByte(twoFrames))]).toEqual([two, two]);
      const noFrame = join(noiseOf(length), wrong);
      const none = { results: [{ kind: 'error', code: 'checksum' }], dropped: noFrame.length };
      expect([read([noFrame]), read(byteByByte(noFrame))]).toEqual([none, none]);
    }
  });

  it('a stray byte behind a frame is dropped, and harms no frame after it (T6 as it is printed)', () => {
    const stream = join(REPLIES.samId, hex('27'), REPLIES.found);
    for (let place = 0; place < stream.length; place += 1) {
      const { results, dropped } = read(cutAt(stream, [place]));
      expect(results).toEqual([payloadOf(REPLIES.samId), payloadOf(REPLIES.found)]);
      expect(dropped).toBe(1);
    }
  });

  it.each(['AA AA AA 96 69 00 03 20 01 21', 'AA AA AA 96 69 00 03 20 00 22'])('%s is rejected (T5)', (text) => {
    const frame = hex(text);
    for (let place = 0; place < frame.length; place += 1) {
      expect(read(cutAt(frame, [place]), true)).toEqual({
        results: [{ kind: 'error', code: 'checksum' }],
        dropped: frame.length,
      });
    }
  });
});

describe('what a line does to frames', () => {
  it('a lost first AA is tolerated', () => {
    const short = REPLIES.found.slice(1);
    for (let place = 0; place < short.length; place += 1) {
      expect(read(cutAt(short, [place]))).toEqual({ results: [payloadOf(REPLIES.found)], dropped: 0 });
    }
  });

  it.each([1, 2, 5, 40])('%i more AA in front do not hide the header', (more) => {
    const stream = join(new Uint8Array(more).fill(0xaa), REPLIES.found);
    for (let place = 0; place < stream.length; place += 1) {
      expect(read(cutAt(stream, [place]))).toEqual({ results: [payloadOf(REPLIES.found)], dropped: more });
    }
  });

  it('a preamble, or a whole frame, inside a photo is part of the photo', () => {
    const frame = encodeFrame(join(hex('00 00 90'), REPLIES.noCard, hex('AA AA AA 96 69'), new Uint8Array(50)));
    for (let place = 0; place < frame.length; place += 1) {
      expect(read(cutAt(frame, [place]))).toEqual({ results: [payloadOf(frame)], dropped: 0 });
    }
  });

  it.each(['00 00', '00 02', '09 0B', 'FF FF'])('LEN %s can be none: the next frame is read', (len) => {
    const absurd = hex(`AA AA AA 96 69 ${len}`);
    expect(read([absurd, REPLIES.found])).toEqual({
      results: [{ kind: 'error', code: 'length' }, payloadOf(REPLIES.found)],
      dropped: 7,
    });
  });

  it('a frame whose LEN came out too long does not swallow a frame inside it', () => {
    const stream = join(hex('AA AA AA 96 69 00 12 00 00'), REPLIES.found, hex('00 00 00'));
    expect(read([stream])).toEqual({
      results: [{ kind: 'error', code: 'checksum' }, payloadOf(REPLIES.found)],
      dropped: stream.length - REPLIES.found.length,
    });
  });

  it('noise full of headers, longer than any frame, hides nothing behind it and is dropped whole', () => {
    const header = hex('AA AA 96 69 09 09');
    const noise = Uint8Array.from({ length: 6 * 20_000 }, (_, place) => header[place % 6] ?? 0);
    const { results, dropped } = read([noise, REPLIES.found], true);
    expect(results.at(-1)).toEqual(payloadOf(REPLIES.found));
    expect(dropped).toBe(noise.length);
  });

  it('many long frames, more than are kept waiting, are all read: in one chunk, in some, and byte by byte', () => {
    const frames = Array.from({ length: 40 }, (_, index) => encodeFrame(noiseOf(2313 - 17 * index)));
    const stream = join(...frames);
    const all = { results: frames.map(payloadOf), dropped: 0 };
    expect(read([stream])).toEqual(all);
    expect(read(cutAt(stream, [1000, 3001, 9999, 20_000]))).toEqual(all);
    expect(read(byteByByte(stream))).toEqual(all);
  });

  it('half a frame is dropped and counted at a pause, not earlier', () => {
    const half = REPLIES.t10.slice(0, 647);
    const parser = createSdtParser();
    expect(parser.push(half)).toEqual([]);
    expect([parser.isInside(), parser.dropped()]).toEqual([true, 0]);
    expect(parser.pause()).toEqual([{ kind: 'error', code: 'half-frame' }]);
    expect([parser.isInside(), parser.dropped()]).toEqual([false, 647]);
    expect(parser.push(REPLIES.found)).toEqual([payloadOf(REPLIES.found)]);
  });

  it('a whole frame behind half a frame is found at the pause', () => {
    const { results, dropped } = read([REPLIES.t10.slice(0, 647), REPLIES.found], true);
    expect(results).toEqual([{ kind: 'error', code: 'half-frame' }, payloadOf(REPLIES.found)]);
    expect(dropped).toBe(647);
  });
});

const payload = fc.uint8Array({ minLength: 2, maxLength: 60 });
/** Anything that is no beginning of a frame. */
const noise = fc.array(
  fc.nat(0xff).filter((byte) => byte !== 0xaa),
  { maxLength: 20 },
);

describe('any bytes', () => {
  it('frames between noise, in any chunks: all of them, and exactly the noise is dropped', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, payload), { maxLength: 6 }), cuts, (parts, places) => {
        const stream = join(...parts.flatMap(([before, content]) => [Uint8Array.from(before), encodeFrame(content)]));
        const { results, dropped } = read(cutAt(stream, places), true);
        expect(results).toEqual(parts.map(([, content]) => ({ kind: 'payload', payload: content })));
        expect(dropped).toBe(parts.flatMap(([before]) => before).length);
      }),
    );
  });

  it('chunks make no difference, whatever the bytes are', () => {
    const piece = fc.oneof(
      payload.map((content) => encodeFrame(content)),
      fc.tuple(payload, fc.nat(60)).map(([content, length]) => encodeFrame(content).slice(0, length)),
      fc
        .array(fc.constantFrom(0xaa, 0x96, 0x69, 0x00, 0x03, 0x04), { maxLength: 20 })
        .map((all) => Uint8Array.from(all)),
      fc.uint8Array({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), cuts, (pieces, places) => {
        const stream = join(...pieces);
        expect(read(cutAt(stream, places), true)).toEqual(read([stream], true));
      }),
      { numRuns: 500 },
    );
  });

  it('a frame is found behind any bytes, at the latest when a pause shows that they were no frame', () => {
    const marks = fc.constantFrom(hex('AA'), hex('AA AA'), hex('AA AA 96'), hex('AA AA 96 69'), hex('AA AA 96 69 00'));
    const front = fc.tuple(fc.uint8Array({ maxLength: 64 }), fc.oneof(marks, fc.constant(hex('00'))));
    fc.assert(
      fc.property(front, payload, cuts, ([bytes, opening], content, places) => {
        const stream = join(bytes, opening, encodeFrame(content));
        const { results } = read(cutAt(stream, places), true);
        expect(results.at(-1)).toEqual({ kind: 'payload', payload: content });
      }),
    );
  });

  it('one wrong bit behind LEN is never a frame', () => {
    fc.assert(
      fc.property(payload, fc.nat(), fc.nat(7), (content, place, bit) => {
        const frame = encodeFrame(content);
        const at = 7 + (place % (frame.length - 7));
        frame[at] = (frame[at] ?? 0) ^ (1 << bit);
        expect(read([frame]).results[0]).toEqual({ kind: 'error', code: 'checksum' });
      }),
    );
  });
});
