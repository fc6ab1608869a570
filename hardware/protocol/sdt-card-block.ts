import { blankBlock, type Place, readField, writeField } from './sdt-text.ts';

/**
 * The 256-byte text block of a card: UTF-16LE, fields padded with spaces, four types (device notes 1.4). Offsets and
 * lengths in bytes. The citizen's and J's blocks are alike but for the end; in J the two digits of the nation at 32 are
 * not used. `englishRest` is behind `english35` what did not fit there.
 */
const PLACES = {
  citizen: {
    name: [0, 30],
    sex: [30, 2],
    nationCode: [32, 4],
    birth: [36, 16],
    address: [52, 70],
    number: [122, 36],
    authority: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
  },
  J: {
    name: [0, 30],
    sex: [30, 2],
    birth: [36, 16],
    address: [52, 70],
    number: [122, 36],
    authority: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
    passNumber: [220, 18],
    issueCount: [238, 4],
  },
  I: {
    englishName: [0, 120],
    sex: [120, 2],
    number: [122, 30],
    nationality: [152, 6],
    chineseName: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
    birth: [220, 16],
    cardVersion: [236, 4],
    acceptingOffice: [240, 8],
  },
  Y: {
    chineseName: [0, 30],
    sex: [30, 2],
    renewalCount: [32, 4],
    birth: [36, 16],
    english35: [52, 70],
    number: [122, 36],
    validFrom: [188, 16],
    validTo: [204, 16],
    englishRest: [220, 22],
    nationality: [242, 6],
    oldCardLink: [250, 6],
  },
} as const;

type CardType = keyof typeof PLACES;
type Fields<Type extends CardType> = Readonly<Record<keyof (typeof PLACES)[Type], string>>;

const BLOCK_BYTES = 256;
const TYPE_PLACE: Place = [248, 2];
/** Letters of Y's English name in its first field. */
const ENGLISH_FIRST = 35;

/** In place of the last day of validity: for good. */
export const LONG_TERM = '长期';

/** GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated. Any other character counts as unknown. */
export type Sex = 'unknown' | 'male' | 'female' | 'not-stated';
const SEX_CODES: Readonly<Record<Sex, string>> = { unknown: '0', male: '1', female: '2', 'not-stated': '9' };

/** Texts as on the card, without padding; empty where the card has none. Nothing says that a number or a day is valid. */
interface OnEveryCard {
  readonly sex: Sex;
  /** YYYYMMDD. */
  readonly birth: string;
  readonly number: string;
  /** YYYYMMDD. */
  readonly validFrom: string;
  /** YYYYMMDD or `LONG_TERM`. */
  readonly validTo: string;
}

/** Resident identity card. `number` has 18 characters, GB 11643-1999: the holder borrows by it. */
export interface CitizenCard extends OnEveryCard {
  readonly type: 'citizen';
  readonly name: string;
  /** Two digits, GB 3304: `NATIONS`. */
  readonly nationCode: string;
  readonly address: string;
  readonly authority: string;
}

/**
 * Residence permit of a resident of Hong Kong, Macao or Taiwan. `number` has 18 characters like a citizen's, from region
 * 810000, 820000 or 830000: the holder borrows by it, and not by the pass number, which changes with the pass.
 */
export interface PermitCard extends OnEveryCard {
  readonly type: 'J';
  readonly name: string;
  readonly address: string;
  readonly authority: string;
  readonly passNumber: string;
  /** Two digits. */
  readonly issueCount: string;
}

/**
 * Foreigner's permanent residence card of 2017. `number` has 15 characters, three letters and twelve digits: the holder
 * borrows by it. It is no number of GB 11643 and has no MOD 11-2 check; a card of 2023 of the same holder has another.
 */
export interface ForeignerCard2017 extends OnEveryCard {
  readonly type: 'I';
  readonly englishName: string;
  readonly chineseName: string;
  /** Three letters. */
  readonly nationality: string;
  readonly cardVersion: string;
  /** Code of the office that took the application. */
  readonly acceptingOffice: string;
}

/**
 * Foreigner's permanent residence card of 2023. `number` has 18 characters, the first a 9, the last the same check as a
 * citizen's: the holder borrows by it.
 */
export interface ForeignerCard2023 extends OnEveryCard {
  readonly type: 'Y';
  readonly chineseName: string;
  /** Up to 46 letters, from two places of the block. */
  readonly englishName: string;
  /** Two digits. */
  readonly renewalCount: string;
  readonly nationality: string;
  /** Three characters that lead to the number of the holder's card of 2017; no source says how. */
  readonly oldCardLink: string;
}

export type CardBlock = CitizenCard | PermitCard | ForeignerCard2017 | ForeignerCard2023;

function fieldsOf<Type extends CardType>(block: Uint8Array, type: Type): Fields<Type> {
  const places = Object.entries<Place>(PLACES[type]);
  // Object.fromEntries forgets that the keys are those of the table.
  return Object.fromEntries(places.map(([name, place]) => [name, readField(block, place)])) as Fields<Type>;
}

function sexOf(code: string): Sex {
  if (code === '1') return 'male';
  if (code === '2') return 'female';
  return code === '9' ? 'not-stated' : 'unknown';
}

/** What needs more than its letters. A known reader program looks for 长期 anywhere in the field (device notes 1.4). */
function meaningOf({ sex, validTo }: { readonly sex: string; readonly validTo: string }) {
  return { sex: sexOf(sex), validTo: validTo.includes(LONG_TERM) ? LONG_TERM : validTo };
}

/** A text block as a card, or null where it is not 256 bytes long. Any letter but I, J and Y is a citizen's card. */
export function decodeCardBlock(block: Uint8Array): CardBlock | null {
  if (block.length !== BLOCK_BYTES) return null;
  const type = readField(block, TYPE_PLACE);
  if (type === 'J') {
    const fields = fieldsOf(block, 'J');
    return { type, ...fields, ...meaningOf(fields) };
  }
  if (type === 'I') {
    const fields = fieldsOf(block, 'I');
    return { type, ...fields, ...meaningOf(fields) };
  }
  if (type === 'Y') {
    const { english35, englishRest, ...fields } = fieldsOf(block, 'Y');
    const englishName = englishRest === '' ? english35 : english35.padEnd(ENGLISH_FIRST) + englishRest;
    return { type, ...fields, englishName, ...meaningOf(fields) };
  }
  const fields = fieldsOf(block, 'citizen');
  return { type: 'citizen', ...fields, ...meaningOf(fields) };
}

/** The text block of a card: for emulators, tests and tools. What is too long for its field is cut. */
export function encodeCardBlock(card: CardBlock): Uint8Array {
  const block = blankBlock(BLOCK_BYTES);
  const english =
    card.type === 'Y'
      ? { english35: card.englishName.slice(0, ENGLISH_FIRST), englishRest: card.englishName.slice(ENGLISH_FIRST) }
      : {};
  const texts: Readonly<Record<string, string>> = { ...card, ...english, sex: SEX_CODES[card.sex] };
  for (const [name, place] of Object.entries<Place>(PLACES[card.type])) writeField(block, place, texts[name] ?? '');
  if (card.type !== 'citizen') writeField(block, TYPE_PLACE, card.type);
  return block;
}
