import { icCardProtocol } from './ic-card-protocol.ts';
import { uidOf } from './ic-card.ts';
import { charsOf, createStxParser, ETX, isHexDigit, STX, type StxLook } from './stx-frame.ts';

const NAME = 'idteck';
const SHORT = 8;
const LONG = 10;

function xorOf(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}

function look(bytes: readonly number[]): StxLook {
  const place = bytes.length - 1;
  const byte = bytes[place] ?? 0;
  if (place === 0) return { kind: 'more' };
  if (bytes[place - 1] === ETX) {
    if (xorOf(bytes) !== 0) return { kind: 'error', code: 'checksum' };
    return { kind: 'card', uid: charsOf(bytes, 1, place - 1).toUpperCase() };
  }
  const mayEnd = place === 1 + SHORT || place === 1 + LONG;
  const fits = (mayEnd && byte === ETX) || (place <= LONG && isHexDigit(byte));
  return fits ? { kind: 'more' } : { kind: 'error', code: 'content' };
}

/**
 * Idteck readers on RS-232: `02 | 10 or 8 characters | 03 | LRC`, LRC the XOR of all from 02 to 03, both with them (device
 * notes 3, one source). That the characters are hex digits is believed, not proven.
 */
export const IDTECK = icCardProtocol({
  name: NAME,
  createParser: () => createStxParser(NAME, look),
  encode(uid) {
    const digits = uidOf(uid);
    if (digits.length !== SHORT && digits.length !== LONG) return null;
    const body = [STX, ...new TextEncoder().encode(digits), ETX];
    return Uint8Array.from([...body, xorOf(body)]);
  },
});
