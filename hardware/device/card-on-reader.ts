import type { IdCard } from '../protocol/sdt-card.ts';

export type CardReading =
  | { readonly kind: 'id-card'; readonly card: IdCard }
  /** A card lies there and can't be read, after several tries. */
  | { readonly kind: 'id-card-unreadable' };

/** What one look at the reader has shown. `slipped`: a card was found, but not selected or not read. */
export type CardSeen =
  { readonly kind: 'no-card' } | { readonly kind: 'slipped' } | { readonly kind: 'card'; readonly card: IdCard };

/** A card that slips is tried again without a word; then the person is told. */
const QUIET_TRIES = 2;
/** Looks in a row without a card before the same card counts as shown anew: readers differ in whether one is enough. */
const LOOKS_TO_REARM = 2;
/** A loose plug is back sooner. After longer somebody has done something, and a card that lies there is meant to be read. */
const REMEMBERED_MS = 10_000;

/**
 * Turns looks into readings: a card is read out once while it lies there, and again only after it has been away. A card
 * that was read and then can't be read any more is not complained about: some readers find it again, but no longer
 * select it, until it is lifted (device notes 5, "card left on reader"). A card that lies there while the plug is loose is no new
 * card each time the plug makes contact.
 */
export function createCardOnReader() {
  let held: string | null = null;
  let looksWithout = 0;
  let slips = 0;

  return {
    /** The reader can be asked again after so many milliseconds in which it could not. */
    back(awayMs: number): void {
      looksWithout = 0;
      slips = 0;
      if (awayMs > REMEMBERED_MS) held = null;
    },

    see(seen: CardSeen): CardReading | null {
      if (seen.kind === 'no-card') {
        looksWithout += 1;
        if (looksWithout < LOOKS_TO_REARM) return null;
        held = null;
        slips = 0;
        return null;
      }
      looksWithout = 0;
      if (seen.kind === 'slipped') {
        slips += 1;
        return slips === QUIET_TRIES + 1 && held === null ? { kind: 'id-card-unreadable' } : null;
      }
      slips = 0;
      if (seen.card.number === held) return null;
      held = seen.card.number;
      return { kind: 'id-card', card: seen.card };
    },
  };
}
