/** What a reader of proximity or IC cards has said: a number, and nothing about a person. (Device notes 3.) */
export interface IcCardReading {
  readonly kind: 'ic-card';
  /** The card's bytes in the order in which this reader sends them, two capital hex digits each: `010063E9AE`. */
  readonly uid: string;
  /** By what name the protocol stands in the table of line protocols. Two readers may turn the bytes of one card about. */
  readonly protocol: string;
}

/** Bytes as a reading has them. */
export function uidOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
}

/** Bytes of hex digits in either case; null where they are none, or an odd number. */
export function uidBytes(digits: string): Uint8Array | null {
  if (!/^(?:[0-9A-F]{2})+$/i.test(digits)) return null;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
