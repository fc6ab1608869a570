import type { Burst } from './judge.ts';

/** How a line frames its bytes, where that is not 8 data bits without parity. */
export interface SevenBits {
  readonly dataBits: 7;
  readonly parity: 'even' | 'odd';
}

/** Chance makes so few bytes right too often. */
const FEWEST = 6;

function isOddCount(value: number): boolean {
  let odd = false;
  for (let rest = value; rest > 0; rest >>= 1) odd = odd !== ((rest & 1) === 1);
  return odd;
}

/**
 * The same bytes as somebody who listens with 7 data bits and parity hears them; null where they were not sent so. Seven bits and
 * their parity are as long as eight without (device notes 2.1): heard as 8N1, the highest bit of each byte is the parity of the
 * others. Text without a parity has that bit nowhere.
 */
export function asSevenBits(burst: Burst): { readonly framing: SevenBits; readonly burst: Burst } | null {
  const { bytes } = burst;
  if (bytes.length < FEWEST || bytes.every((byte) => byte < 0x80)) return null;
  const odd = bytes.every((byte) => isOddCount(byte));
  const even = bytes.every((byte) => !isOddCount(byte));
  if (!odd && !even) return null;
  return {
    framing: { dataBits: 7, parity: odd ? 'odd' : 'even' },
    burst: { ...burst, bytes: bytes.map((byte) => byte & 0x7f) },
  };
}
