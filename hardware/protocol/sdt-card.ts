import { NATIONS } from './nations.ts';

/** The 256-byte text block of a card, UTF-16LE, fields padded with spaces (device notes 1.4). Offsets in bytes. */
const LAYOUTS = {
  citizen: {
    name: [0, 30],
    sex: [30, 2],
    nation: [32, 4],
    birth: [36, 16],
    address: [52, 70],
    number: [122, 36],
    authority: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
  },
  /** Residence permit for Hong Kong, Macao and Taiwan residents: the same places, no nation. */
  J: {
    name: [0, 30],
    sex: [30, 2],
    birth: [36, 16],
    address: [52, 70],
    number: [122, 36],
    authority: [158, 30],
    validFrom: [188, 16],
    validTo: [204, 16],
  },
  /** Foreigner's permanent residence card of 2017; `nation` is the nationality. */
  I: {
    name: [0, 120],
    sex: [120, 2],
    number: [122, 30],
    nation: [152, 6],
    validFrom: [188, 16],
    validTo: [204, 16],
    birth: [220, 16],
    authority: [240, 8],
  },
  /** Foreigner's permanent residence card of 2023. `name` is the Chinese one, or the English where there is none. */
  Y: {
    name: [0, 30],
    sex: [30, 2],
    birth: [36, 16],
    number: [122, 36],
    validFrom: [188, 16],
    validTo: [204, 16],
    nation: [242, 6],
  },
} as const;

type Layout = Readonly<Record<string, readonly [offset: number, length: number]>>;

const TEXT_BYTES = 256;
const TYPE_OFFSET = 248;

type CardType = keyof typeof LAYOUTS;

/** What is printed on a card. Dates are YYYYMMDD as on the card, `validTo` may be 长期; absent fields are empty. */
export interface IdCard {
  readonly type: CardType;
  readonly name: string;
  /** GB/T 2261.1. */
  readonly sex: 'male' | 'female' | 'unknown';
  readonly nation: string;
  readonly birth: string;
  readonly address: string;
  readonly number: string;
  readonly authority: string;
  readonly validFrom: string;
  readonly validTo: string;
}

const SEX_CODES = { '1': 'male', '2': 'female' } as const;

function textAt(block: Uint8Array, offset: number, length: number): string {
  // Only spaces at the end are padding: an address has some inside.
  return new TextDecoder('utf-16le').decode(block.subarray(offset, offset + length)).replace(/[ \0]+$/, '');
}

/** A card of 2023 has room for 46 letters of the English name in two places. */
function longName(block: Uint8Array): string {
  const first35 = textAt(block, 52, 70);
  const rest = textAt(block, 220, 22);
  return rest === '' ? first35 : first35.padEnd(35) + rest;
}

function typeOf(block: Uint8Array): CardType {
  const letter = textAt(block, TYPE_OFFSET, 2);
  return letter === 'I' || letter === 'J' || letter === 'Y' ? letter : 'citizen';
}

/** A text block as a card, or null where it is not 256 bytes long. Says nothing of whether the number is valid. */
export function decodeCard(block: Uint8Array): IdCard | null {
  if (block.length !== TEXT_BYTES) return null;
  const type = typeOf(block);
  const layout: Layout = LAYOUTS[type];
  const field = (name: keyof IdCard): string => {
    const place = layout[name];
    return place === undefined ? '' : textAt(block, ...place);
  };
  const sex = field('sex');
  const name = field('name');
  const nation = field('nation');
  return {
    type,
    name: name === '' && type === 'Y' ? longName(block) : name,
    sex: sex === '1' || sex === '2' ? SEX_CODES[sex] : 'unknown',
    nation: NATIONS[nation] ?? nation,
    birth: field('birth'),
    address: field('address'),
    number: field('number'),
    authority: field('authority'),
    validFrom: field('validFrom'),
    validTo: field('validTo'),
  };
}

function putText(block: Uint8Array, [offset, length]: readonly [number, number], text: string): void {
  for (let place = 0; place < Math.min(text.length, length / 2); place += 1) {
    const unit = text.charCodeAt(place);
    block[offset + 2 * place] = unit & 0xff;
    block[offset + 2 * place + 1] = unit >> 8;
  }
}

/** The text block of a card: for emulators and for `tool encode`. What is too long for its field is cut. */
export function encodeCard(card: IdCard): Uint8Array {
  const block = new Uint8Array(TEXT_BYTES);
  for (let place = 0; place < TEXT_BYTES; place += 2) block[place] = 0x20;
  const sexCode = { male: '1', female: '2', unknown: '0' }[card.sex];
  const nationCode = Object.keys(NATIONS).find((code) => NATIONS[code] === card.nation) ?? card.nation;
  const texts: Readonly<Record<string, string>> = { ...card, sex: sexCode, nation: nationCode };
  for (const [name, place] of Object.entries<readonly [number, number]>(LAYOUTS[card.type])) {
    putText(block, place, texts[name] ?? '');
  }
  if (card.type !== 'citizen') putText(block, [TYPE_OFFSET, 2], card.type);
  return block;
}
