/**
 * Check characters of barcodes. The one of our own labels is in shared/lending/item-code.ts, that of ID numbers in
 * shared/people/id-number.ts.
 */

/**
 * The check digit behind these digits, of any count: EAN-8, UPC-A, EAN-13, GTIN-14, SSCC and all other numeric keys of
 * GS1. From the right the weights are 3, 1, 3, ... (Device notes 2.5; GS1 General Specifications 7.9.1.)
 *
 * Null where there is anything but digits, or nothing.
 */
export function gs1CheckDigit(digits: string): string | null {
  if (!/^\d+$/.test(digits)) return null;
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const weight = (digits.length - place) % 2 === 1 ? 3 : 1;
    sum += weight * Number(digits[place]);
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last of these digits is the right check digit of those before it. */
export function endsInGs1CheckDigit(digits: string): boolean {
  const check = gs1CheckDigit(digits.slice(0, -1));
  return check !== null && check === digits.at(-1);
}

/** Values 0 to 81 (GS1 General Specifications, figure 7.11-1). */
const SET_82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
/** Values 0 to 31: digits and capital letters that are not mistaken for one another. */
const SET_32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/**
 * Whether a global model number ends in the right pair of check characters: from the right each character of the rest has
 * the next prime as its weight, the sum modulo 1021 makes two characters of five bits each. (GS1 General Specifications
 * 7.9.5; at most 25 characters.)
 */
export function endsInGs1CheckPair(text: string): boolean {
  const body = text.slice(0, -2);
  if (body.length === 0 || body.length > PRIMES.length) return false;
  let sum = 0;
  for (let place = 0; place < body.length; place += 1) {
    const value = SET_82.indexOf(body.charAt(place));
    if (value < 0) return false;
    sum += value * (PRIMES[body.length - 1 - place] ?? 0);
  }
  const check = sum % 1021;
  return text.slice(-2) === SET_32.charAt(check >> 5) + SET_32.charAt(check & 31);
}

const GTIN_LENGTHS = new Set([8, 12, 13, 14]);

/**
 * EAN-8, UPC-A, EAN-13 and GTIN-14 in their one spelling of 14 digits with zeros in front, as they are compared (GS1
 * General Specifications 3.3.2). Null where the length or the check digit is wrong.
 */
export function parseGtin(digits: string): string | null {
  return GTIN_LENGTHS.has(digits.length) && endsInGs1CheckDigit(digits) ? digits.padStart(14, '0') : null;
}

const CODE_39 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/**
 * The modulo 43 check character of a Code 39 text, one of its 43 characters (device notes 2.5; ISO/IEC 16388, annex on
 * the optional check character). Null where there is any other character, lower case included, or nothing.
 */
export function code39Check(text: string): string | null {
  let sum = 0;
  for (const character of text) {
    const value = CODE_39.indexOf(character);
    if (value < 0) return null;
    sum += value;
  }
  return text === '' ? null : CODE_39.charAt(sum % CODE_39.length);
}

const CODE_128_START_B = 104;

/**
 * The modulo 103 check of a text in code set B of Code 128, as its value of 0 to 102: not each value has a character. The
 * scanner checks it and does not send it. (Device notes 2.5; ISO/IEC 15417, annex on the symbol check character.)
 *
 * Null where there is any other character than the printable ones of ASCII and DEL, or nothing.
 */
export function code128Check(text: string): number | null {
  // oxlint-disable-next-line no-control-regex -- DEL is a character of code set B
  if (!/^[ -\u007f]+$/.test(text)) return null;
  let sum = CODE_128_START_B;
  for (let place = 0; place < text.length; place += 1) sum += (place + 1) * (text.charCodeAt(place) - 0x20);
  return sum % 103;
}
