import { parseItemLabel } from '#shared/lending/item-code.ts';
import { saysGs1, type AimIdentifier } from './aim.ts';
import { parseGtin } from './check-digits.ts';
import { parseDigitalLink, type DigitalLink } from './gs1-digital-link.ts';
import { GS, parseElementString, type Gs1Element, type Gs1Error } from './gs1-elements.ts';
import { gs1Format } from './gs1-identifiers.ts';
import { RULES } from './gs1-format.ts';

/** A code as a scanner's decoder gives it, its AIM identifier told apart; null or left out is what was not sent. */
export interface ScannedText {
  readonly text: string;
  readonly symbology: AimIdentifier['symbology'];
  readonly modifier?: AimIdentifier['modifier'];
}

export type BarcodeContent =
  /** A label of our own, by its key (shared/lending/item-code.ts). */
  | { readonly kind: 'item'; readonly key: string }
  /** EAN-8, UPC-A, EAN-13 or GTIN-14, all as 14 digits; `addOn` are the 2 or 5 digits beside it, or empty. */
  | { readonly kind: 'ean'; readonly gtin: string; readonly addOn: string }
  | { readonly kind: 'gs1'; readonly elements: readonly Gs1Element[] }
  /** The scanner says that it is GS1, and it can't be read as such. */
  | { readonly kind: 'wrong-gs1'; readonly error: Gs1Error }
  | ({ readonly kind: 'digital-link' } & DigitalLink)
  /** A web address, as it is in the code. */
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'other'; readonly text: string };

/** Digits of an EAN/UPC symbol with its add-on -> digits without. */
const MAIN_LENGTHS: Readonly<Record<number, number>> = { 14: 12, 15: 13, 17: 12, 18: 13 };

function eanIn({ text, symbology }: ScannedText): BarcodeContent | null {
  // In another symbology ten of a hundred runs of as many digits are an EAN by chance.
  const mayBe = symbology === null || symbology === 'E' || (symbology === 'I' && text.length === 14);
  const main = symbology === 'E' ? (MAIN_LENGTHS[text.length] ?? text.length) : text.length;
  const gtin = mayBe && /^\d+$/.test(text) ? parseGtin(text.slice(0, main)) : null;
  return gtin === null ? null : { kind: 'ean', gtin, addOn: text.slice(main) };
}

/** Symbologies that have a GS1 form. */
const MAY_BE_GS1 = new Set([null, 'C', 'd', 'Q', 'e']);

/**
 * Whether elements that no identifier announced are meant as such: other texts begin with digits too. A separator, or a
 * check digit in the first value, is no chance.
 */
function isEvident(text: string, elements: readonly Gs1Element[]): boolean {
  const format = gs1Format(elements[0]?.ai ?? '') ?? [];
  return text.includes(GS) || format.some(({ rule }) => rule === RULES.checkDigit);
}

function gs1In({ text, symbology, modifier = null }: ScannedText): BarcodeContent | null {
  const isSaid = saysGs1({ symbology, modifier });
  if (!isSaid && (modifier !== null || !MAY_BE_GS1.has(symbology))) return null;
  const parsed = parseElementString(text);
  if (!parsed.ok) return isSaid ? { kind: 'wrong-gs1', error: parsed.error } : null;
  return isSaid || isEvident(text, parsed.value) ? { kind: 'gs1', elements: parsed.value } : null;
}

function addressIn(text: string): BarcodeContent | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const link = parseDigitalLink(text);
  // Any address may have digits in its path: one that is nearly a link is an address.
  return link.ok ? { kind: 'digital-link', ...link.value } : { kind: 'address', address: text };
}

/**
 * What a scanned text is. Our own label comes first, also as the end of an address. Where the scanner sends no AIM
 * identifiers, or its decoder keeps the letter alone, the text itself has to show what it is. Never throws.
 */
export function barcodeContent(scanned: ScannedText): BarcodeContent {
  const key = parseItemLabel(scanned.text);
  if (key !== null) return { kind: 'item', key };
  const text = scanned.text.trim();
  const trimmed = { ...scanned, text };
  return eanIn(trimmed) ?? gs1In(trimmed) ?? addressIn(text) ?? { kind: 'other', text: scanned.text };
}
