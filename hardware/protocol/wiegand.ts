import { err, ok, type Result } from '#shared/result.ts';

/**
 * Wiegand patterns of 26 and 34 bits, as text of 0 and 1, the first bit first: an even parity bit over the first half of
 * the data bits in front, an odd one over the second half behind. Data: 3 bytes (facility 1, card 2) or 4. Sources:
 * Idteck's manuals of SR10 and SR30, SparkFun's ID-12LA sheet (device notes 3, T17).
 */
export type WiegandFault = 'length' | 'not-bits' | 'parity';

const DATA_BYTES: ReadonlySet<number> = new Set([3, 4]);

function ones(bits: string): number {
  return bits.replaceAll('0', '').length;
}

/** Null where the data are not 3 or 4 bytes. */
export function encodeWiegand(data: Uint8Array): string | null {
  if (!DATA_BYTES.has(data.length)) return null;
  const bits = Array.from(data, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const half = bits.length / 2;
  const even = ones(bits.slice(0, half)) % 2;
  const odd = 1 - (ones(bits.slice(half)) % 2);
  return `${even}${bits}${odd}`;
}

/** The data bytes of a pattern with both parities right. */
export function decodeWiegand(pattern: string): Result<Uint8Array, WiegandFault> {
  if (pattern.length !== 26 && pattern.length !== 34) return err('length');
  if (!/^[01]+$/.test(pattern)) return err('not-bits');
  const bits = pattern.slice(1, -1);
  const data = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return encodeWiegand(data) === pattern ? ok(data) : err('parity');
}
