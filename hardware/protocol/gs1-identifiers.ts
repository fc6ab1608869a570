import {
  base64UpTo,
  digits,
  digitsUpTo,
  optional,
  partTextUpTo,
  RULES,
  text,
  textUpTo,
  type Gs1Format,
  type Gs1Part,
} from './gs1-format.ts';

const gtin = digits(14, RULES.checkDigit);
const key13 = digits(13, RULES.checkDigit);
const key18 = digits(18, RULES.checkDigit);
const monthOrDay = digits(6, RULES.monthOrDay);
const day = digits(6, RULES.day);
const dayOfBirth = digits(8, RULES.day);
const time = digits(4, RULES.hourAndMinute);
const minuteOrSecond = digits(2, RULES.minuteOrSecond);
const country = digits(3);
const currency = digits(3);
const percentEncoded = (longest: number) => textUpTo(longest, RULES.percentEncoded);

/** As 310-316 -> 310, 311 to 316; both ends have as many digits. */
function range(ais: string): string[] {
  const [first = '', last = first] = ais.split('-');
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, index) => String(Number(first) + index).padStart(first.length, '0'));
}

/** Identifiers whose last digit says how many digits are behind the decimal point. */
const DECIMALS: readonly (readonly [ais: string, mostDecimals: number, ...format: Gs1Part[]])[] = [
  // Weights, lengths, areas and volumes; the first three digits say of what and in which unit.
  ['310-316', 5, digits(6)],
  ['320-337', 5, digits(6)],
  ['340-357', 5, digits(6)],
  ['360-369', 5, digits(6)],
  // Amounts and prices, per cent off, price of a unit.
  ['390', 9, digitsUpTo(15)],
  ['391', 9, currency, digitsUpTo(15)],
  ['392', 9, digitsUpTo(15)],
  ['393', 9, currency, digitsUpTo(15)],
  ['394', 3, digits(4)],
  ['395', 5, digits(6)],
];

const FORMATS: readonly (readonly [ais: string, ...format: Gs1Part[]])[] = [
  ['00', key18],
  ['01-03', gtin],
  ['10', textUpTo(20)],
  ['11-13', monthOrDay],
  ['15-17', monthOrDay],
  ['20', digits(2)],
  ['21-22', textUpTo(20)],
  ['235', textUpTo(28)],
  ['240-241', textUpTo(30)],
  ['242', digitsUpTo(6)],
  ['243', textUpTo(20)],
  ['250-251', textUpTo(30)],
  ['253', key13, optional(textUpTo(17))],
  ['254', textUpTo(20)],
  ['255', key13, optional(digitsUpTo(12))],
  ['30', digitsUpTo(8)],
  ['37', digitsUpTo(8)],
  ['400', textUpTo(30)],
  ['401', textUpTo(30, RULES.companyPrefix)],
  ['402', digits(17, RULES.checkDigit)],
  ['403', textUpTo(30)],
  ['410-417', key13],
  ['420', textUpTo(20)],
  ['421', country, textUpTo(9)],
  ['422', country],
  ['423', country, ...Array.from({ length: 4 }, () => optional(country))],
  ['424', country],
  ['425', country, ...Array.from({ length: 4 }, () => optional(country))],
  ['426', country],
  ['427', textUpTo(3)],
  // Addresses of delivery and of return.
  ['4300-4301', percentEncoded(35)],
  ['4302-4306', percentEncoded(70)],
  ['4307', text(2, RULES.letters)],
  ['4308', textUpTo(30)],
  ['4309', digits(10, RULES.latitude), digits(10, RULES.longitude)],
  ['4310-4311', percentEncoded(35)],
  ['4312-4316', percentEncoded(70)],
  ['4317', text(2, RULES.letters)],
  ['4318', textUpTo(20)],
  ['4319', textUpTo(30)],
  ['4320', percentEncoded(35)],
  ['4321-4323', digits(1, RULES.yesOrNo)],
  ['4324-4325', monthOrDay, time],
  ['4326', day],
  ['4330-4333', digits(6), optional(text(1, RULES.minus))],
  // Particular trades.
  ['7001', digits(13)],
  ['7002', textUpTo(30)],
  ['7003', day, time],
  ['7004', digitsUpTo(4)],
  ['7005', textUpTo(12)],
  ['7006', day],
  ['7007', day, optional(day)],
  ['7008', textUpTo(3)],
  ['7009', textUpTo(10)],
  ['7010', textUpTo(2)],
  ['7011', day, optional(time)],
  ['7020-7022', textUpTo(20)],
  ['7023', textUpTo(30, RULES.companyPrefix)],
  ['7030-7039', country, textUpTo(27)],
  ['7040', digits(1), text(1), text(1), text(1, RULES.importer)],
  ['7041', textUpTo(4)],
  ['710-716', textUpTo(20)],
  ['7230-7239', text(2), textUpTo(28)],
  ['7240', textUpTo(20)],
  ['7241', digits(2)],
  ['7242', textUpTo(25)],
  // People in care.
  ['7250', dayOfBirth],
  ['7251', dayOfBirth, time],
  ['7252', digits(1, RULES.sex)],
  ['7253-7254', percentEncoded(40)],
  ['7255', textUpTo(10)],
  ['7256', percentEncoded(90)],
  ['7257', percentEncoded(70)],
  ['7258', text(3, RULES.birthSequence)],
  ['7259', percentEncoded(40)],
  [
    '8001',
    digits(4, RULES.notZero),
    digits(5, RULES.notZero),
    digits(3, RULES.notZero),
    digits(1, RULES.winding),
    digits(1),
  ],
  ['8002', textUpTo(20)],
  ['8003', digits(1, RULES.zero), key13, optional(textUpTo(16))],
  ['8004', textUpTo(30, RULES.companyPrefix)],
  ['8005', digits(6)],
  ['8006', gtin, digits(4, RULES.pieceOfTotal)],
  ['8007', textUpTo(34)],
  ['8008', day, digits(2, RULES.hour), optional(minuteOrSecond), optional(minuteOrSecond)],
  ['8009', textUpTo(50)],
  ['8010', partTextUpTo(30, RULES.companyPrefix)],
  ['8011', digitsUpTo(12, RULES.noLeadingZero)],
  ['8012', textUpTo(20)],
  ['8013', textUpTo(25, RULES.modelNumber)],
  ['8014', textUpTo(25, RULES.deviceNumber)],
  ['8017-8018', key18],
  ['8019', digitsUpTo(10)],
  ['8020', textUpTo(25)],
  ['8026', gtin, digits(4, RULES.pieceOfTotal)],
  ['8030', base64UpTo(90)],
  ['8110', textUpTo(70)],
  ['8111', digits(4)],
  ['8112', textUpTo(70)],
  ['8200', textUpTo(70)],
  // Agreed between partners, or inside one house.
  ['90', textUpTo(30)],
  ['91-99', textUpTo(90)],
];

const withDecimals = DECIMALS.flatMap(([ais, mostDecimals, ...format]) =>
  range(ais).flatMap((ai) => range(`${ai}0-${ai}${mostDecimals}`).map((full) => [full, format] as const)),
);

/** Formats by identifier. No identifier begins with another one. */
const BY_IDENTIFIER: ReadonlyMap<string, Gs1Format> = new Map([
  ...FORMATS.flatMap(([ais, ...format]) => range(ais).map((ai) => [ai, format] as const)),
  ...withDecimals,
]);

const DECIMAL_IDENTIFIERS: ReadonlySet<string> = new Set(withDecimals.map(([ai]) => ai));

/** All application identifiers we know, in no order. */
export const GS1_IDENTIFIERS: readonly string[] = [...BY_IDENTIFIER.keys()];

/**
 * The format of the values of an application identifier, two to four digits; null where it is none. (GS1 General
 * Specifications 3, as in the barcode syntax dictionary of GS1 of 2025. What must or must not stand together is not here.)
 */
export function gs1Format(ai: string): Gs1Format | null {
  return BY_IDENTIFIER.get(ai) ?? null;
}

/** The application identifier that begins at this place of a text, or null. */
export function identifierAt(elements: string, at: number): string | null {
  for (let length = 2; length <= 4; length += 1) {
    const ai = elements.slice(at, at + length);
    if (BY_IDENTIFIER.has(ai)) return ai;
  }
  return null;
}

/**
 * Whether values of this identifier end by their length and need no separator: those that begin with one of these digits
 * did from the beginning (GS1 General Specifications 7.8.5); no other will, even if all its values have one length.
 */
export function endsByLength(ai: string): boolean {
  return /^(?:0[0-4]|1[1-9]|20|3[1-6]|41)/.test(ai);
}

/** How many digits of the value are behind the decimal point, or null where it is no decimal number. */
export function decimalsOf(ai: string): number | null {
  return DECIMAL_IDENTIFIERS.has(ai) ? Number(ai.at(-1)) : null;
}
