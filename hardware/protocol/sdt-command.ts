import { encodeFrame } from './sdt-frame.ts';

/**
 * Commands inside SDT frames: CMD, PARA and, for one of them, a byte of data (device notes 1.2; GA 467). To read a card:
 * `findCard`, `selectCard`, then one of the readings, each time anew.
 */
const SDT_COMMANDS = {
  resetSam: [0x10, 0xff],
  samStatus: [0x11, 0xff],
  readSamId: [0x12, 0xff],
  findCard: [0x20, 0x01],
  selectCard: [0x20, 0x02],
  /** Text and photo. */
  readCard: [0x30, 0x01],
  /** The newest address that was added after the card was made. */
  readNewAddress: [0x30, 0x03],
  readManagementNumber: [0x30, 0x05],
  /** Text, photo and fingerprints. The product never asks for them; emulators and tools know it. */
  readCardWithFingerprint: [0x30, 0x10],
  /** The radio's longest frame; 50h, 80 bytes, is the only value seen in public code, sent once at start-up. */
  setMaxRfFrame: [0x61, 0xff, 0x50],
} as const;
export type SdtCommandName = keyof typeof SDT_COMMANDS;

const SET_UART_SPEED = 0x60;
/** PARA of "set UART speed" is the place in this list. 115200 is what a reader has when it leaves the factory. */
export const UART_SPEEDS = [115200, 57600, 38400, 19200, 9600] as const;
/** Bits a second, 8 data bits, no parity, 1 stop bit. */
export type UartSpeed = (typeof UART_SPEEDS)[number];

/** The frame of a command. */
export function encodeCommand(name: SdtCommandName): Uint8Array {
  return encodeFrame(Uint8Array.from(SDT_COMMANDS[name]));
}

/** The frame of "set UART speed". Which of the two speeds the reply comes in is not known (device notes 1.2, one source). */
export function encodeSetUartSpeed(speed: UartSpeed): Uint8Array {
  return encodeFrame(Uint8Array.of(SET_UART_SPEED, UART_SPEEDS.indexOf(speed)));
}

/** A payload as a command's name, or null where it is none of these: another length is another command. */
export function parseCommand(payload: Uint8Array): SdtCommandName | null {
  for (const [name, bytes] of Object.entries(SDT_COMMANDS)) {
    const isSame = payload.length === bytes.length && bytes.every((byte, place) => payload[place] === byte);
    // Object.entries forgets that the keys are those of the table above.
    if (isSame) return name as SdtCommandName;
  }
  return null;
}

/** The speed that a payload sets, or null where it is no "set UART speed" or none of the five. */
export function parseSetUartSpeed(payload: Uint8Array): UartSpeed | null {
  const [command, para] = payload;
  if (payload.length !== 2 || command !== SET_UART_SPEED || para === undefined) return null;
  return UART_SPEEDS[para] ?? null;
}
