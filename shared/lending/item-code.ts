/**
 * Labels of items. A label reads `HF-000123-J`: the prefix, a number of six digits, a check character. Scanners, people
 * and QR codes spell it in many ways; all of them parse to the item's key `HF-000123`.
 *
 * The check character is ISO/IEC 7064 MOD 37,36 over prefix and number: it catches every single wrong character and
 * every swap of two neighbours.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const PREFIX = 'HF';

function checkCharacter(text: string): string {
  let product = 36;
  for (const character of text) {
    const sum = (product + ALPHABET.indexOf(character)) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return ALPHABET.charAt((37 - product) % 36);
}

/** The key of item number 123: `HF-000123`. */
export function itemKey(number: number): string {
  return `${PREFIX}-${String(number).padStart(6, '0')}`;
}

/** What is printed on the label and sent by a scanner: `HF-000123-J`. */
export function itemLabel(key: string): string {
  return `${key}-${checkCharacter(key.replaceAll('-', ''))}`;
}

/**
 * The item a scanned or typed text means, as its key, or null if it is no item label: wrong prefix, length or check
 * character. Case, hyphens and spaces are ignored; of a web address (a QR code) the last path segment counts.
 */
export function parseItemLabel(text: string): string | null {
  const lastSegment = text.trim().replace(/^https?:\/\/[^?#]*\/([^/?#]+).*$/i, '$1');
  const compact = lastSegment.replaceAll(/[\s-]/g, '').toUpperCase();
  const match = /^HF(\d{6})([0-9A-Z])$/.exec(compact);
  if (!match) return null;
  const key = `${PREFIX}-${match[1]}`;
  return itemLabel(key).endsWith(`-${match[2]}`) ? key : null;
}
