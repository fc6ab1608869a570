/**
 * AIM symbology identifiers (ISO/IEC 15424): `]`, a letter for the symbology, a modifier. Scanners send them in front of
 * the code where they are set to; as they come they are not. (Device notes 2.2.)
 */
export interface AimIdentifier {
  /** The letter, or null where no identifier was sent. */
  readonly symbology: string | null;
  /** The character behind it, or null where none was sent. */
  readonly modifier: string | null;
}

/** Letters of device notes 2.2; upper and lower case are different symbologies. */
const SYMBOLOGIES = {
  A: 'Code 39',
  C: 'Code 128',
  d: 'Data Matrix',
  E: 'UPC/EAN',
  e: 'GS1 DataBar',
  F: 'Codabar',
  G: 'Code 93',
  H: 'Code 11',
  h: 'Han Xin',
  I: 'Interleaved 2 of 5',
  L: 'PDF417',
  M: 'MSI',
  Q: 'QR Code',
  S: '2 of 5',
  U: 'MaxiCode',
  X: 'other',
  z: 'Aztec',
} as const;

export type SymbologyName = (typeof SYMBOLOGIES)[keyof typeof SYMBOLOGIES];

/** The symbology of an AIM letter, null where we know none. */
export function symbologyName(letter: string): SymbologyName | null {
  return Object.hasOwn(SYMBOLOGIES, letter) ? SYMBOLOGIES[letter as keyof typeof SYMBOLOGIES] : null;
}

/**
 * A text as sent -> its identifier and what is behind it. A `]` with anything but a letter and a letter or digit behind it
 * is no identifier and stays.
 */
export function splitAim(sent: string): AimIdentifier & { readonly text: string } {
  const [, symbology = null, modifier = null] = /^\]([A-Za-z])([0-9A-Za-z])/.exec(sent) ?? [];
  return { symbology, modifier, text: symbology === null ? sent : sent.slice(3) };
}

/** GS1-128, GS1 DataMatrix, GS1 QR Code, GS1 DataBar. */
const GS1_CARRIERS = new Set(['C1', 'd2', 'Q3', 'e0']);

/**
 * Whether the scanner says that the text is GS1 element strings. Sources disagree about other modifiers (device notes
 * 2.2): only these four count.
 */
export function saysGs1({ symbology, modifier }: AimIdentifier): boolean {
  return GS1_CARRIERS.has(`${symbology}${modifier}`);
}
