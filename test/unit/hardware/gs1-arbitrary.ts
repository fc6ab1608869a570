import * as fc from 'fast-check';
import { gs1CheckDigit } from '#hardware/protocol/check-digits.ts';
import type { Gs1Element } from '#hardware/protocol/gs1-elements.ts';
import { RULES, type Gs1Part, type Gs1Rule } from '#hardware/protocol/gs1-format.ts';
import { GS1_IDENTIFIERS, gs1Format } from '#hardware/protocol/gs1-identifiers.ts';

const CHARACTERS: Readonly<Record<Gs1Part['characters'], string>> = {
  digits: '0-9',
  'set-82': '!"%-?A-Z_a-z',
  'set-39': '#\\-/0-9A-Z',
  base64url: 'A-Za-z0-9_-',
};

function charactersOf({ characters }: Gs1Part, shortest: number, longest: number): fc.Arbitrary<string> {
  return fc.stringMatching(new RegExp(`^[${CHARACTERS[characters]}]{${shortest},${longest}}$`));
}

const two = (min: number, max: number) => fc.integer({ min, max }).map((number) => String(number).padStart(2, '0'));
const join = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''));

const BY_RULE: ReadonlyMap<Gs1Rule, (part: Gs1Part) => fc.Arbitrary<string>> = new Map<
  Gs1Rule,
  (part: Gs1Part) => fc.Arbitrary<string>
>([
  [
    RULES.checkDigit,
    (part) => charactersOf(part, part.longest - 1, part.longest - 1).map((body) => `${body}${gs1CheckDigit(body)}`),
  ],
  [RULES.companyPrefix, (part) => join(fc.stringMatching(/^\d{4}$/), charactersOf(part, 0, part.longest - 4))],
  [RULES.monthOrDay, () => join(two(0, 99), two(1, 12), two(0, 28))],
  [RULES.day, ({ longest }) => join(longest === 8 ? two(19, 20) : fc.constant(''), two(0, 99), two(1, 12), two(1, 28))],
  [RULES.hourAndMinute, () => join(two(0, 23), two(0, 59))],
  [RULES.hour, () => two(0, 23)],
  [RULES.minuteOrSecond, () => two(0, 59)],
  [RULES.zero, () => fc.constant('0')],
  [RULES.notZero, (part) => charactersOf(part, part.longest, part.longest).filter((text) => /[1-9]/.test(text))],
  [RULES.noLeadingZero, () => fc.stringMatching(/^[1-9]\d{0,11}$/)],
  [RULES.yesOrNo, () => fc.constantFrom('0', '1')],
  [RULES.winding, () => fc.constantFrom('0', '1', '9')],
  [RULES.sex, () => fc.constantFrom('0', '1', '2', '9')],
  [RULES.minus, () => fc.constant('-')],
  [RULES.percentEncoded, () => fc.stringMatching(/^(?:[A-Za-z.]|%[0-9A-F]{2}){1,11}$/)],
  [RULES.birthSequence, () => fc.constantFrom('1/1', '2/3')],
  [RULES.letters, () => fc.stringMatching(/^[A-Z]{2}$/)],
  [RULES.importer, () => fc.stringMatching(/^[A-Za-z0-9_-]$/)],
  [RULES.modelNumber, () => fc.constant('1987654Ad4X4bL5ttr2310c2K')],
  [RULES.deviceNumber, () => fc.constant('1987654Ad4X4bL5ttr2310c2K')],
  [RULES.pieceOfTotal, () => join(two(1, 50), two(50, 99))],
  [RULES.latitude, () => fc.integer({ min: 0, max: 180e7 }).map((number) => String(number).padStart(10, '0'))],
  [RULES.longitude, () => fc.nat(2_147_483_647).map((number) => String(number).padStart(10, '0'))],
]);

function partText(part: Gs1Part): fc.Arbitrary<string> {
  const special = part.rule === null ? undefined : BY_RULE.get(part.rule);
  return special?.(part) ?? charactersOf(part, part.shortest, part.longest);
}

/** A right value of an identifier; optional parts are all there or none. */
function valueOf(ai: string): fc.Arbitrary<string> {
  const format = gs1Format(ai) ?? [];
  const needed = format.filter(({ isOptional }) => !isOptional);
  return fc.constantFrom(format, needed).chain((parts) => join(...parts.map((part) => partText(part))));
}

export function elementOf(ai: string): fc.Arbitrary<Gs1Element> {
  return valueOf(ai).map((value) => ({ ai, value }));
}

/** Elements with right values, each identifier once. */
export function elementsOf(ais: readonly string[], minLength: number, maxLength: number): fc.Arbitrary<Gs1Element[]> {
  return fc
    .uniqueArray(fc.constantFrom(...ais), { minLength, maxLength })
    .chain((chosen) => fc.tuple(...chosen.map((ai) => elementOf(ai))));
}

export const anyElements = elementsOf(GS1_IDENTIFIERS, 1, 8);
