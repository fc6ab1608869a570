import { decodeWiegand, encodeWiegand } from './wiegand.ts';

/**
 * The forms in which a card's number is printed or sent, each of the last 3 or 4 bytes of the card as this reader orders
 * them (device notes 3; for 01026F6C3A):
 *
 *     8H10D 0040856634 · 6H8D 07302202 · 2H4H 111,27706 · 4H4H 00623,27706 · WG26 and WG34 bits, see wiegand.ts
 */
export type CardNumberForm = '8H10D' | '6H8D' | '2H4H' | '4H4H' | 'WG26' | 'WG34';

/** `parts`: how many bytes each of the numbers is, and with how many decimal digits it is written. */
type Written =
  | { readonly kind: 'decimal'; readonly parts: readonly { readonly bytes: number; readonly digits: number }[] }
  | { readonly kind: 'bits'; readonly bytes: number };

const WRITTEN: Readonly<Record<CardNumberForm, Written>> = {
  '8H10D': { kind: 'decimal', parts: [{ bytes: 4, digits: 10 }] },
  '6H8D': { kind: 'decimal', parts: [{ bytes: 3, digits: 8 }] },
  '2H4H': {
    kind: 'decimal',
    parts: [
      { bytes: 1, digits: 3 },
      { bytes: 2, digits: 5 },
    ],
  },
  '4H4H': {
    kind: 'decimal',
    parts: [
      { bytes: 2, digits: 5 },
      { bytes: 2, digits: 5 },
    ],
  },
  WG26: { kind: 'bits', bytes: 3 },
  WG34: { kind: 'bits', bytes: 4 },
};

/** Object.keys has lost the type of keys that the record above fixes. */
export const CARD_NUMBER_FORMS = Object.keys(WRITTEN) as readonly CardNumberForm[];

/** How many bytes at the end of a card a form tells. */
function bytesOf(written: Written): number {
  return written.kind === 'bits' ? written.bytes : written.parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function bytesOfNumber(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(value / 256 ** (count - 1 - index)) % 256);
}

/** A card's number in a form; null where the card has too few bytes for it. */
export function formatCardNumber(form: CardNumberForm, uid: Uint8Array): string | null {
  const written = WRITTEN[form];
  const count = bytesOf(written);
  if (uid.length < count) return null;
  const shown = uid.slice(uid.length - count);
  if (written.kind === 'bits') return encodeWiegand(shown);
  let from = 0;
  const numbers = written.parts.map(({ bytes, digits }) => {
    from += bytes;
    return String(numberOf(shown.slice(from - bytes, from))).padStart(digits, '0');
  });
  return numbers.join(',');
}

/**
 * The 3 or 4 bytes that a number in a form stands for; null where it is none. The bytes in front of them are not in the
 * form, so there is no way back to a whole card of five. The comma may be left out, as many keyboard readers do.
 */
export function parseCardNumber(form: CardNumberForm, text: string): Uint8Array | null {
  const written = WRITTEN[form];
  if (written.kind === 'bits') {
    const decoded = decodeWiegand(text);
    return decoded.ok && decoded.value.length === written.bytes ? decoded.value : null;
  }
  const { parts } = written;
  const groups = new RegExp(`^${parts.map(({ digits }) => `([0-9]{${digits}})`).join(',?')}$`).exec(text)?.slice(1);
  if (groups === undefined) return null;
  const numbers = parts.map(({ bytes }, index) => ({ bytes, value: Number(groups[index]) }));
  if (numbers.some(({ bytes, value }) => value >= 256 ** bytes)) return null;
  return Uint8Array.from(numbers.flatMap(({ bytes, value }) => bytesOfNumber(value, bytes)));
}
