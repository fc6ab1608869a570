import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SdtCommandName } from '#hardware/protocol/sdt-command.ts';
import {
  canAnswer,
  cardData,
  encodeReply,
  expectedReply,
  parseCardData,
  parseReply,
  textBlockOf,
} from '#hardware/protocol/sdt-message.ts';
import { decodeNewAddress, encodeNewAddress } from '#hardware/protocol/sdt-new-address.ts';
import { hex, join } from './byte-streams.ts';
import { COMMANDS, REPLIES, SET_9600, T10_TEXT } from './sdt-vectors.ts';

const payloadOf = (frame: Uint8Array) => frame.slice(7, -1);
const replyIn = (frame: Uint8Array) => parseReply(payloadOf(frame)) ?? { sw3: 0, data: new Uint8Array(0) };

describe('replies', () => {
  it('have their status and data', () => {
    expect(replyIn(REPLIES.found)).toEqual({ sw3: 0x9f, data: new Uint8Array(4) });
    expect(replyIn(REPLIES.noContent)).toEqual({ sw3: 0x91, data: new Uint8Array(0) });
    expect(encodeReply(0x9f, new Uint8Array(4))).toEqual(REPLIES.found);
  });

  it.each(Object.entries({ ...COMMANDS, set9600: SET_9600 }))('an echo of %s is no reply', (_name, frame) => {
    expect(parseReply(payloadOf(frame))).toBeNull();
  });

  it('come back as they were written, whatever the status and the data are', () => {
    fc.assert(
      fc.property(fc.nat(0xff), fc.uint8Array({ maxLength: 40 }), (sw3, data) => {
        expect(replyIn(encodeReply(sw3, data))).toEqual({ sw3, data });
      }),
    );
  });

  it.each<[SdtCommandName, (keyof typeof REPLIES)[]]>([
    ['resetSam', ['ok', 'selfTestFailed']],
    ['samStatus', ['ok', 'unauthorised', 'selfTestFailed', 'badChecksum']],
    ['readSamId', ['samId', 'unauthorised']],
    ['findCard', ['found', 'noCard', 'unauthorised', 'selfTestFailed', 'badChecksum']],
    ['selectCard', ['selected', 'notSelected', 'unauthorised', 'badChecksum']],
    ['readCard', ['t10', 't12', 'readFailed', 'unauthorised', 'badChecksum']],
    ['readCardWithFingerprint', ['readFailed', 'badChecksum']],
    ['readNewAddress', ['noContent', 'readFailed']],
    ['readManagementNumber', ['noContent', 'readFailed']],
    ['setMaxRfFrame', ['ok', 'badChecksum']],
  ])('%s is answered by %s', (name, answers) => {
    for (const answer of answers) expect(canAnswer(name, replyIn(REPLIES[answer]))).toBe(true);
  });

  it.each<[SdtCommandName, (keyof typeof REPLIES)[]]>([
    ['resetSam', ['found', 'noContent', 't10']],
    ['samStatus', ['found', 't10']],
    ['readSamId', ['found', 't10']],
    ['findCard', ['ok', 'selected', 'notSelected', 'readFailed', 'noContent', 't10']],
    ['selectCard', ['found', 't10']],
    ['readCard', ['ok', 'found', 'selected']],
    ['readCardWithFingerprint', ['ok', 'found', 'selected', 'noContent']],
    ['readNewAddress', ['found', 't10']],
    ['readManagementNumber', ['found', 't10']],
    ['setMaxRfFrame', ['found', 't10']],
  ])('%s is not answered by %s, which must be late', (name, answers) => {
    for (const answer of answers) expect(canAnswer(name, replyIn(REPLIES[answer]))).toBe(false);
  });

  it.each<[SdtCommandName, number[] | null]>([
    ['resetSam', [11]],
    ['samStatus', [11]],
    ['readSamId', [27]],
    ['findCard', [15]],
    ['selectCard', [19]],
    ['readCard', [1295]],
    ['readNewAddress', [81]],
    ['readManagementNumber', null],
    ['readCardWithFingerprint', [1297, 1809, 2321]],
    ['setMaxRfFrame', [11]],
  ])('%s, all being well, is answered in %j bytes, and by what can be its answer', (name, frameBytes) => {
    const { sw3, dataBytes } = expectedReply(name);
    const frames = dataBytes?.map((bytes) => encodeReply(sw3, new Uint8Array(bytes))) ?? null;
    expect(frames?.map((frame) => frame.length) ?? null).toEqual(frameBytes);
    expect(frames?.every((frame) => canAnswer(name, replyIn(frame))) ?? true).toBe(true);
  });
});

describe('the data of a read card', () => {
  it('are the text behind two lengths, without the photo (T10)', () => {
    const { data } = replyIn(REPLIES.t10);
    expect(textBlockOf(data)).toEqual(T10_TEXT);
    expect(parseCardData(data)).toEqual({ text: T10_TEXT, photoBytes: 1024, fingerprintBytes: null });
    expect(encodeReply(0x90, cardData(T10_TEXT))).toEqual(REPLIES.t10);
  });

  it.each([0, 512, 1024] as const)('or behind three, where %i bytes of fingerprint come along (30 10)', (fingers) => {
    const data = join(hex('01 00 04 00'), Uint8Array.of(fingers >> 8, 0), T10_TEXT, new Uint8Array(1024 + fingers));
    expect(cardData(T10_TEXT, fingers)).toEqual(data);
    const filled = join(data.slice(0, 262), new Uint8Array(1024 + fingers).fill(7));
    expect(parseCardData(filled)).toEqual({ text: T10_TEXT, photoBytes: 1024, fingerprintBytes: fingers });
    expect(textBlockOf(filled)).toEqual(T10_TEXT);
  });

  it('are nothing in another shape', () => {
    expect(textBlockOf(new Uint8Array(0))).toBeNull();
    expect(textBlockOf(new Uint8Array(1284))).toBeNull();
    expect(textBlockOf(cardData(T10_TEXT).slice(0, -1))).toBeNull();
    expect(parseCardData(cardData(T10_TEXT, 512).slice(0, -1))).toBeNull();
  });

  it('any bytes are some of this or nothing, never a crash', () => {
    const header = fc.constantFrom(hex('01 00'), hex('01 00 00 00'), hex('01 00 04 00 02 00'), hex('FF FF'));
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 600 }), (front, rest) => {
        const found = parseCardData(join(front, rest));
        expect(found?.text.length ?? 256).toBe(256);
      }),
    );
  });
});

describe('a new address', () => {
  it('is one text of 70 bytes, its inner spaces kept', () => {
    const data = encodeNewAddress('示例路 7 号');
    expect(data).toHaveLength(70);
    expect(decodeNewAddress(data)).toBe('示例路 7 号');
    expect(decodeNewAddress(encodeNewAddress('号'.repeat(40)))).toBe('号'.repeat(35));
  });

  it.each([0, 69, 71, 280])('is not %i bytes', (length) => {
    expect(decodeNewAddress(new Uint8Array(length))).toBeNull();
  });
});
