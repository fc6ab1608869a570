import { decodeCard } from '#hardware/protocol/sdt-card.ts';
import { decodeCardBlock } from '#hardware/protocol/sdt-card-block.ts';
import { maskName } from '#shared/people/masked-name.ts';

/** A star a character: how long it was still helps to see what is wrong. */
export function stars(text: string): string {
  return '*'.repeat(text.length);
}

/** Shows the region's province and the last two characters; of what is no whole number, nothing. */
function maskNumber(number: string): string {
  const kept = number.length >= 15;
  return kept ? `${number.slice(0, 2)}${stars(number.slice(2, -2))}${number.slice(-2)}` : stars(number);
}

const nameOrNone = (name: string) => (name === '' ? '' : maskName(name));

/** Values of a card that say who its holder is. */
const MASKS: Readonly<Record<string, (value: string) => string>> = {
  name: nameOrNone,
  chineseName: nameOrNone,
  englishName: nameOrNone,
  number: maskNumber,
  passNumber: stars,
  oldCardLink: stars,
  birth: stars,
  address: stars,
};

/** Fields that one type of card has beyond those that all have. */
const OF_ONE_TYPE = [
  'englishName',
  'chineseName',
  'passNumber',
  'issueCount',
  'cardVersion',
  'renewalCount',
  'oldCardLink',
];

/** The text block of a card as a line, or null where it is none. */
export function cardLine(block: Uint8Array, reveal: boolean): object | null {
  const [card, fields] = [decodeCard(block), decodeCardBlock(block)];
  if (card === null || fields === null) return null;
  const more = Object.entries<string>({ ...fields }).filter(([name]) => OF_ONE_TYPE.includes(name));
  const shown = [...Object.entries<string>({ ...card }), ...more].map(([name, value]) => [
    name,
    reveal ? value : (MASKS[name]?.(value) ?? value),
  ]);
  return { kind: 'id-card', ...Object.fromEntries(shown) };
}
