import { endsInGs1CheckDigit, endsInGs1CheckPair } from './check-digits.ts';
import { isGs1Date } from './gs1-date.ts';

/** What is wrong with a value. `value`: the right characters and length, but none that can be. */
export type Gs1Fault = 'too-short' | 'too-long' | 'character' | 'check-digit' | 'date' | 'time' | 'value';

/** What must be true of a part beyond its characters and length, and which fault it is where that is not so. */
export interface Gs1Rule {
  readonly fault: Gs1Fault;
  readonly isRight: (value: string) => boolean;
}

/** Stretches of a value. Only the last may be of any length between two; behind an optional one all are optional. */
export interface Gs1Part {
  /** Digits; characters of GS1 General Specifications figures 7.11-1 (82 of them) and 7.11-2 (39); base64url. */
  readonly characters: 'digits' | 'set-82' | 'set-39' | 'base64url';
  readonly shortest: number;
  readonly longest: number;
  readonly rule: Gs1Rule | null;
  readonly isOptional: boolean;
}

export type Gs1Format = readonly Gs1Part[];

const CHARACTERS = {
  digits: /^\d*$/,
  'set-82': /^[!"%-?A-Z_a-z]*$/,
  'set-39': /^[#\-/0-9A-Z]*$/,
  base64url: /^[\w-]*={0,2}$/,
};

function matching(pattern: RegExp, fault: Gs1Fault = 'value'): Gs1Rule {
  return { fault, isRight: (value) => pattern.test(value) };
}

/** Rules that the barcode syntax dictionary of GS1 names for parts of values; lists of other standards are not checked. */
export const RULES = {
  checkDigit: { fault: 'check-digit', isRight: endsInGs1CheckDigit },
  /** A key begins with a company prefix, which has at least four digits. */
  companyPrefix: matching(/^\d{4}/),
  /** Day 00 stands for the whole month. */
  monthOrDay: { fault: 'date', isRight: (value: string) => isGs1Date(value, true) },
  day: { fault: 'date', isRight: (value: string) => isGs1Date(value, false) },
  hourAndMinute: matching(/^(?:[01]\d|2[0-3])[0-5]\d$/, 'time'),
  hour: matching(/^(?:[01]\d|2[0-3])$/, 'time'),
  minuteOrSecond: matching(/^[0-5]\d$/, 'time'),
  zero: matching(/^0$/),
  notZero: matching(/[1-9]/),
  noLeadingZero: matching(/^(?:0$|[1-9])/),
  yesOrNo: matching(/^[01]$/),
  winding: matching(/^[019]$/),
  /** ISO/IEC 5218. */
  sex: matching(/^[0129]$/),
  minus: matching(/^-$/),
  percentEncoded: matching(/^(?:[^%]|%[0-9A-Fa-f]{2})*$/),
  /** As in 2/3. */
  birthSequence: matching(/^[1-9]\/[1-9]$/),
  /** The form of an ISO 3166 alpha-2 code. */
  letters: matching(/^[A-Z]{2}$/),
  importer: matching(/^[\w-]$/),
  modelNumber: {
    fault: 'check-digit',
    isRight: (value: string) => /^\d{4}/.test(value) && endsInGs1CheckPair(value),
  },
  /** A model number of a medical device is not of digits alone. */
  deviceNumber: {
    fault: 'check-digit',
    isRight: (value: string) => /^\d{4}.*\D/.test(value) && endsInGs1CheckPair(value),
  },
  /** Two digits for the piece, two for how many there are. */
  pieceOfTotal: {
    fault: 'value',
    isRight: (value: string) => value.slice(0, 2) > '00' && value.slice(0, 2) <= value.slice(2),
  },
  /** Ten-millionths of a degree from the South Pole, and from Greenwich round the world eastwards. */
  latitude: { fault: 'value', isRight: (value: string) => Number(value) <= 180e7 },
  longitude: { fault: 'value', isRight: (value: string) => Number(value) <= 360e7 },
} satisfies Record<string, Gs1Rule>;

function part(characters: Gs1Part['characters'], shortest: number, longest: number, rule: Gs1Rule | null): Gs1Part {
  return { characters, shortest, longest, rule, isOptional: false };
}

export const digits = (count: number, rule: Gs1Rule | null = null) => part('digits', count, count, rule);
export const digitsUpTo = (count: number, rule: Gs1Rule | null = null) => part('digits', 1, count, rule);
export const text = (count: number, rule: Gs1Rule | null = null) => part('set-82', count, count, rule);
export const textUpTo = (count: number, rule: Gs1Rule | null = null) => part('set-82', 1, count, rule);
export const partTextUpTo = (count: number, rule: Gs1Rule | null = null) => part('set-39', 1, count, rule);
export const base64UpTo = (count: number) => part('base64url', 1, count, null);
export const optional = (known: Gs1Part): Gs1Part => ({ ...known, isOptional: true });

/** The stretches of a value, as many as it has; those of a value of a wrong length may be too short. */
export function splitValue(format: Gs1Format, value: string): { readonly part: Gs1Part; readonly text: string }[] {
  const stretches: { part: Gs1Part; text: string }[] = [];
  let at = 0;
  for (const known of format) {
    if (known.isOptional && at >= value.length) break;
    stretches.push({ part: known, text: value.slice(at, at + known.longest) });
    at += known.longest;
  }
  return stretches;
}

/** The longest value of a format. */
export function longestOf(format: Gs1Format): number {
  return format.reduce((sum, { longest }) => sum + longest, 0);
}

/** The first thing that is wrong with a value, or null. */
export function faultIn(format: Gs1Format, value: string): Gs1Fault | null {
  if (value.length > longestOf(format)) return 'too-long';
  for (const { part: known, text: stretch } of splitValue(format, value)) {
    if (!CHARACTERS[known.characters].test(stretch)) return 'character';
    if (stretch.length < known.shortest) return 'too-short';
    if (known.rule !== null && !known.rule.isRight(stretch)) return known.rule.fault;
  }
  return null;
}
