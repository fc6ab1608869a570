import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeCommand,
  encodeSetUartSpeed,
  parseCommand,
  parseSetUartSpeed,
  type SdtCommandName,
  UART_SPEEDS,
} from '#hardware/protocol/sdt-command.ts';
import { hex } from './byte-streams.ts';
import { COMMANDS, REPLIES, SET_9600 } from './sdt-vectors.ts';

const payloadOf = (frame: Uint8Array) => frame.slice(7, -1);
// Object.keys forgets the names; that they are all commands is seen by the compiler in `encodeCommand(name)` below.
const names = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];

describe('commands', () => {
  it.each(names)('%s is sent as in the device notes (T1 to T4) and known again', (name) => {
    expect(encodeCommand(name)).toEqual(COMMANDS[name]);
    expect(parseCommand(payloadOf(COMMANDS[name]))).toBe(name);
  });

  it('each has a vector', () => {
    const all: Readonly<Record<SdtCommandName, Uint8Array>> = COMMANDS;
    expect(new Set(Object.values(all).map((frame) => frame.join(' '))).size).toBe(10);
  });

  it.each(['', '20', '20 00', '20 01 00', '60 04', '61 FF', '61 FF 51'])('%j is none of them', (bytes) => {
    expect(parseCommand(hex(bytes))).toBeNull();
  });

  it('replies are none of them', () => {
    const taken = Object.values(REPLIES).map((frame) => parseCommand(payloadOf(frame)));
    expect(taken.filter((name) => name !== null)).toEqual([]);
  });

  it('any bytes are a command that is written the same, or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4 }), (payload) => {
        const name = parseCommand(payload);
        const written = name === null ? payload : payloadOf(encodeCommand(name));
        expect(written).toEqual(payload);
      }),
    );
  });
});

describe('the line speed', () => {
  it('is set as in the device notes (T4)', () => {
    expect(encodeSetUartSpeed(9600)).toEqual(SET_9600);
    expect(parseSetUartSpeed(payloadOf(SET_9600))).toBe(9600);
  });

  it('has five values, from 00 on', () => {
    const frames = UART_SPEEDS.map((speed) => payloadOf(encodeSetUartSpeed(speed)));
    expect(frames).toEqual([0, 1, 2, 3, 4].map((para) => Uint8Array.of(0x60, para)));
    expect(frames.map((payload) => parseSetUartSpeed(payload))).toEqual([115200, 57600, 38400, 19200, 9600]);
  });

  it.each(['', '60', '60 05', '60 FF', '61 00', '60 00 00'])('%j sets none', (bytes) => {
    expect(parseSetUartSpeed(hex(bytes))).toBeNull();
  });
});
