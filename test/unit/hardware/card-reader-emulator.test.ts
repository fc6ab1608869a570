import { describe, expect, it } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { encodeCommand, encodeSetUartSpeed, type SdtCommandName } from '#hardware/protocol/sdt-command.ts';
import { createSdtParser, encodeFrame } from '#hardware/protocol/sdt-frame.ts';
import { expectedReply, parseReply, type SdtReply, textBlockOf } from '#hardware/protocol/sdt-message.ts';
import { decodeSamId } from '#hardware/protocol/sdt-sam-id.ts';
import { statusOf } from '#hardware/protocol/sdt-status.ts';
import { COMMANDS, REPLIES, T10_TEXT, Y_TEXT } from './sdt-vectors.ts';

/** An emulator on a line without a machine: what is sent is answered at once. */
function reader() {
  const parser = createSdtParser();
  const replies: SdtReply[] = [];
  let listener = (_bytes: Uint8Array): void => {};
  const emulator = createCardReaderEmulator({
    line: {
      send: (bytes) => {
        for (const result of parser.push(bytes)) {
          const reply = result.kind === 'payload' ? parseReply(result.payload) : null;
          if (reply !== null) replies.push(reply);
        }
        return true;
      },
      onBytes: (next) => {
        listener = next;
      },
    },
  });
  const send = (frame: Uint8Array): SdtReply => {
    listener(frame);
    const reply = replies.shift();
    if (reply === undefined) throw new Error('no answer');
    return reply;
  };
  return { emulator, send, ask: (name: SdtCommandName) => send(encodeCommand(name)) };
}

// Object.keys forgets the names.
const names = Object.keys(COMMANDS) as SdtCommandName[];

describe('the emulated reader', () => {
  it.each(names)('answers %s in the shape that is expected of a reader, or that the card has no such item', (name) => {
    const { ask, emulator } = reader();
    emulator.placeBlock(T10_TEXT);
    if (name !== 'findCard') ask('findCard');
    if (name !== 'findCard' && name !== 'selectCard') ask('selectCard');
    const { data, sw3 } = ask(name);
    const { dataBytes, sw3: success } = expectedReply(name);
    const isExpected = sw3 === success && (dataBytes?.includes(data.length) ?? true);
    expect(isExpected || statusOf(sw3).condition === 'nothing').toBe(true);
  });

  it('shows any type of card, with the very bytes of its text', () => {
    const { ask, emulator } = reader();
    emulator.placeBlock(Y_TEXT);
    for (const command of ['findCard', 'selectCard'] as const) ask(command);
    expect(textBlockOf(ask('readCard').data)).toEqual(Y_TEXT);
    expect(textBlockOf(ask('readCardWithFingerprint').data)).toEqual(Y_TEXT);
  });

  it('has a module number (T6)', () => {
    const { data } = reader().ask('readSamId');
    expect(encodeFrame(Uint8Array.of(0, 0, 0x90, ...data))).toEqual(REPLIES.samId);
    expect(decodeSamId(data)).toEqual([5, 3, 20150101, 12345, 1234567890]);
  });

  it('takes any of the five speeds, and no other', () => {
    const { send } = reader();
    expect(send(encodeSetUartSpeed(9600)).sw3).toBe(0x90);
    expect(send(encodeFrame(Uint8Array.of(0x60, 5))).sw3).toBe(0x21);
  });

  it('reads nothing before a card is selected, nor after a reset', () => {
    const { ask, emulator } = reader();
    emulator.placeBlock(T10_TEXT);
    const readings = ['readCard', 'readCardWithFingerprint', 'readNewAddress', 'readManagementNumber'] as const;
    expect(readings.map((name) => ask(name).sw3)).toEqual([0x41, 0x41, 0x41, 0x41]);
    for (const command of ['findCard', 'selectCard', 'resetSam'] as const) ask(command);
    expect(readings.map((name) => ask(name).sw3)).toEqual([0x41, 0x41, 0x41, 0x41]);
  });
});
