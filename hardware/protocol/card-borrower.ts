import { parseIdNumber } from '#shared/people/id-number.ts';
import type { IdCard } from './sdt-card.ts';

/** All of a card that may leave the core: the number by which its holder borrows, and a name to be masked. */
export type Borrower =
  /**
   * Citizens, residents of Hong Kong, Macao and Taiwan (J), and foreigners with a card of 2023 (Y): 18 characters with a
   * right MOD 11-2 check (GB 11643-1999), X in upper case.
   */
  | { readonly numberKind: 'resident'; readonly number: string; readonly name: string }
  /**
   * Foreigners with a card of 2017 (I): its 15 characters, three letters in upper case and twelve digits. Who changes such
   * a card for one of 2023 is another borrower to us: no source says how the two numbers belong together.
   */
  | { readonly numberKind: 'permanent-resident-2017'; readonly number: string; readonly name: string };

/** The borrower that a card names, or null where its number is not one of its type: misread, or made up. */
export function borrowerOf(card: Pick<IdCard, 'type' | 'number' | 'name'>): Borrower | null {
  const { name } = card;
  if (card.type === 'I') {
    const number = card.number.trim().toUpperCase();
    return /^[A-Z]{3}\d{12}$/.test(number) ? { numberKind: 'permanent-resident-2017', number, name } : null;
  }
  const number = parseIdNumber(card.number);
  return number === null ? null : { numberKind: 'resident', number, name };
}
