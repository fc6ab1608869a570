import { describe, expect, it } from 'vitest';
import {
  canAnswer,
  cardData,
  encodeCommand,
  encodeReply,
  parseCommand,
  parseReply,
  type SdtCommandName,
  textBlockOf,
} from '#hardware/protocol/sdt-message.ts';
import { hex, join } from './byte-streams.ts';
import { COMMANDS, REPLIES, T10_TEXT } from './sdt-vectors.ts';

const names: SdtCommandName[] = ['samStatus', 'findCard', 'selectCard', 'readCard'];
const payloadOf = (frame: Uint8Array) => frame.slice(7, -1);
const replyIn = (frame: Uint8Array) => parseReply(payloadOf(frame)) ?? { sw3: 0, data: new Uint8Array(0) };

describe('commands', () => {
  it.each(names)('%s is sent as in the device notes (T1 to T4) and known again', (name) => {
    expect(encodeCommand(name)).toEqual(COMMANDS[name]);
    expect(parseCommand(payloadOf(COMMANDS[name]))).toBe(name);
  });

  it('other commands and replies are none of ours', () => {
    expect(parseCommand(hex('20 00'))).toBeNull();
    expect(parseCommand(payloadOf(REPLIES.found))).toBeNull();
  });
});

describe('replies', () => {
  it('have their status and data', () => {
    expect(replyIn(REPLIES.found)).toEqual({ sw3: 0x9f, data: new Uint8Array(4) });
    expect(replyIn(REPLIES.noContent)).toEqual({ sw3: 0x91, data: new Uint8Array(0) });
    expect(encodeReply(0x9f, new Uint8Array(4))).toEqual(REPLIES.found);
  });

  it('the SAM number is 2, 2, 4, 4 and 4 bytes, least first (T6)', () => {
    const { data } = replyIn(REPLIES.samId);
    const view = new DataView(data.buffer, data.byteOffset);
    const numbers = [
      view.getUint16(0, true),
      view.getUint16(2, true),
      ...[4, 8, 12].map((at) => view.getUint32(at, true)),
    ];
    expect(numbers).toEqual([5, 3, 20150101, 12345, 1234567890]);
  });

  it.each(names)('an echo of %s is no reply', (name) => {
    expect(parseReply(payloadOf(COMMANDS[name]))).toBeNull();
  });

  it.each<[SdtCommandName, (keyof typeof REPLIES)[]]>([
    ['samStatus', ['ok', 'unauthorised', 'selfTestFailed', 'badChecksum']],
    ['findCard', ['found', 'noCard', 'unauthorised', 'selfTestFailed', 'badChecksum']],
    ['selectCard', ['selected', 'notSelected', 'unauthorised', 'badChecksum']],
    ['readCard', ['t10', 't12', 'readFailed', 'unauthorised', 'badChecksum']],
  ])('%s is answered by %s', (name, answers) => {
    for (const answer of answers) expect(canAnswer(name, replyIn(REPLIES[answer]))).toBe(true);
  });

  it.each<[SdtCommandName, (keyof typeof REPLIES)[]]>([
    ['samStatus', ['found', 't10']],
    ['findCard', ['ok', 'selected', 'notSelected', 'readFailed', 't10']],
    ['selectCard', ['found', 't10']],
    ['readCard', ['ok', 'found', 'selected']],
  ])('%s is not answered by %s, which must be late', (name, answers) => {
    for (const answer of answers) expect(canAnswer(name, replyIn(REPLIES[answer]))).toBe(false);
  });
});

describe('the text in a read card', () => {
  it('lies behind two lengths, without the photo', () => {
    expect(textBlockOf(replyIn(REPLIES.t10).data)).toEqual(T10_TEXT);
    expect(encodeReply(0x90, cardData(T10_TEXT))).toEqual(REPLIES.t10);
  });

  it.each([0, 512, 1024])('lies behind three lengths where %i bytes of fingerprint come along (30 10)', (fingers) => {
    const lengths = Uint8Array.of(1, 0, 4, 0, fingers >> 8, 0);
    const data = join(lengths, T10_TEXT, new Uint8Array(1024 + fingers).fill(7));
    expect(textBlockOf(data)).toEqual(T10_TEXT);
  });

  it('is nowhere in data of another shape', () => {
    expect(textBlockOf(new Uint8Array(0))).toBeNull();
    expect(textBlockOf(new Uint8Array(1284))).toBeNull();
    expect(textBlockOf(cardData(T10_TEXT).slice(0, -1))).toBeNull();
  });
});
