import { uidBytes, uidOf } from './ic-card.ts';
import { charsOf, ETX, isHexDigit, STX, type StxLook } from './stx-frame.ts';

/**
 * Frames of the readers of 125 kHz tags (EM4100), device notes 3; sources: the sheets of Seeed 113020002, p. 3, and of
 * SparkFun's ID-12LA, p. 4:
 *
 *     02 | 10 hex digits | 2 hex digits: XOR of the 5 bytes that the ten stand for | tail | 03
 */
const TAG_BYTES = 5;
const DIGITS = 2 * (TAG_BYTES + 1);

function xorOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}

/** Looks at bytes for a frame with this tail. */
export function lookForEm(tail: readonly number[]): (bytes: readonly number[]) => StxLook {
  const end = [...tail, ETX];
  return (bytes) => {
    const place = bytes.length - 1;
    const byte = bytes[place] ?? 0;
    if (place === 0) return { kind: 'more' };
    if (place <= DIGITS) {
      if (!isHexDigit(byte)) return { kind: 'error', code: 'content' };
      if (place < DIGITS) return { kind: 'more' };
      // With its check inside, the XOR of all is zero.
      const sum = xorOf(uidBytes(charsOf(bytes, 1, 1 + DIGITS)) ?? Uint8Array.of(1));
      return sum === 0 ? { kind: 'more' } : { kind: 'error', code: 'checksum' };
    }
    if (byte !== end[place - DIGITS - 1]) return { kind: 'error', code: 'content' };
    if (place < DIGITS + end.length) return { kind: 'more' };
    return { kind: 'card', uid: charsOf(bytes, 1, 1 + 2 * TAG_BYTES).toUpperCase() };
  };
}

/** The frame of a tag of 5 bytes; null for others. */
export function encodeEm(uid: Uint8Array, tail: readonly number[]): Uint8Array | null {
  if (uid.length !== TAG_BYTES) return null;
  const digits = uidOf(Uint8Array.from([...uid, xorOf(uid)]));
  return Uint8Array.from([STX, ...new TextEncoder().encode(digits), ...tail, ETX]);
}
