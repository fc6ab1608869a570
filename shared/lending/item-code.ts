/**
 * Labels of items. A label reads `HF-000123-09`: the prefix, a number of six digits, two check digits. Scanners, people
 * and QR codes spell it in many ways; all of them parse to the item's key `HF-000123`.
 *
 * The check digits are ISO/IEC 7064 MOD 97-10 over prefix and number, letters counted A = 10 to Z = 35 as in an IBAN. As
 * a pure system it catches every single wrong digit and every swap of two neighbours; the hybrid systems do not.
 */
const PREFIX = 'HF';
/** H = 17, F = 15. */
const PREFIX_DIGITS = '1715';

function checkDigits(number: string): string {
  return String(98 - (Number(`${PREFIX_DIGITS}${number}00`) % 97)).padStart(2, '0');
}

/** The key of item number 123: `HF-000123`. */
export function itemKey(number: number): string {
  return `${PREFIX}-${String(number).padStart(6, '0')}`;
}

/** What is printed on the label and sent by a scanner: `HF-000123-09`. */
export function itemLabel(key: string): string {
  return `${key}-${checkDigits(key.slice(PREFIX.length + 1))}`;
}

/**
 * The item a scanned or typed text means, as its key, or null if it is no item label: wrong prefix, length or check
 * digits. Case, hyphens and spaces are ignored; of a web address (a QR code) the last path segment counts.
 */
export function parseItemLabel(text: string): string | null {
  const lastSegment = text.trim().replace(/^https?:\/\/[^?#]*\/([^/?#]+).*$/i, '$1');
  const compact = lastSegment.replaceAll(/[\s-]/g, '').toUpperCase();
  const match = /^HF(\d{6})(\d{2})$/.exec(compact);
  if (!match) return null;
  const [, number = '', check] = match;
  return checkDigits(number) === check ? `${PREFIX}-${number}` : null;
}
