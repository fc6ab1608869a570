import { NATIONS } from './nations.ts';
import { type CardBlock, decodeCardBlock, encodeCardBlock } from './sdt-card-block.ts';

/**
 * What all types of card have in common, as drivers and tools need it; `CardBlock` has every field of each type. Dates are
 * YYYYMMDD as on the card, `validTo` may be 长期; absent fields are empty.
 */
export interface IdCard {
  readonly type: CardBlock['type'];
  /** A foreign holder's English name on a card of 2017, the Chinese one on a card of 2023; the other where it is empty. */
  readonly name: string;
  /** GB/T 2261.1; "not stated" is unknown here. */
  readonly sex: 'male' | 'female' | 'unknown';
  /** The nation's name, or its code where there is none; the nationality of a foreign holder. */
  readonly nation: string;
  readonly birth: string;
  readonly address: string;
  /** By which the holder borrows: 18 characters, but 15 on type I (`borrowerOf` tells whether it is one). */
  readonly number: string;
  readonly authority: string;
  readonly validFrom: string;
  readonly validTo: string;
}

/** The name that is the holder's on screens: see `IdCard`. */
function nameOn(card: CardBlock): string {
  switch (card.type) {
    case 'I':
      return card.englishName === '' ? card.chineseName : card.englishName;
    case 'Y':
      return card.chineseName === '' ? card.englishName : card.chineseName;
    default:
      return card.name;
  }
}

function nationOn(card: CardBlock): string {
  switch (card.type) {
    case 'citizen':
      return NATIONS[card.nationCode] ?? card.nationCode;
    case 'J':
      return '';
    default:
      return card.nationality;
  }
}

/** A text block as a card, or null where it is not 256 bytes long. Says nothing of whether the number is valid. */
export function decodeCard(block: Uint8Array): IdCard | null {
  const card = decodeCardBlock(block);
  if (card === null) return null;
  const { type, sex, birth, number, validFrom, validTo } = card;
  return {
    type,
    name: nameOn(card),
    sex: sex === 'not-stated' ? 'unknown' : sex,
    nation: nationOn(card),
    birth,
    address: 'address' in card ? card.address : '',
    number,
    authority: card.type === 'I' ? card.acceptingOffice : 'authority' in card ? card.authority : '',
    validFrom,
    validTo,
  };
}

/** A card with what its type has beyond `IdCard` left empty. */
function blockOf({ type, name, nation, address, authority, ...common }: IdCard): CardBlock {
  switch (type) {
    case 'citizen': {
      const nationCode = Object.keys(NATIONS).find((code) => NATIONS[code] === nation) ?? nation;
      return { type, name, nationCode, address, authority, ...common };
    }
    case 'J':
      return { type, name, address, authority, passNumber: '', issueCount: '', ...common };
    case 'I':
      return {
        type,
        englishName: name,
        chineseName: '',
        nationality: nation,
        cardVersion: '',
        acceptingOffice: authority,
        ...common,
      };
    default: {
      const isLatin = /^[ -~]+$/.test(name);
      return {
        type,
        chineseName: isLatin ? '' : name,
        englishName: isLatin ? name : '',
        renewalCount: '',
        nationality: nation,
        oldCardLink: '',
        ...common,
      };
    }
  }
}

/** The text block of a card: for emulators and for `tool encode`. What is too long for its field is cut. */
export function encodeCard(card: IdCard): Uint8Array {
  return encodeCardBlock(blockOf(card));
}
