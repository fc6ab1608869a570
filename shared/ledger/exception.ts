import type { LedgerEvent } from './event.ts';

/** A contradiction in the ledger that a person should look at (community.md). */
export interface LedgerException {
  readonly kind:
    /** Lent while on loan to somebody else, as far as the ledger knows. */
    | 'lent-twice'
    /** Lent while lost or retired. */
    | 'lent-while-lost'
    /** Lent while damaged or set aside, and nobody gave a reason. */
    | 'lent-while-aside'
    | 'returned-unlent'
    | 'renewed-unlent'
    | 'counted-while-lent'
    /** Sent to another station while on loan. */
    | 'moved-while-lent'
    /** Sent on while a transfer was open. */
    | 'transfer-twice'
    /** Two people were promised the same. */
    | 'reservation-clash'
    /** More was taken than was there. */
    | 'taken-beyond-count'
    /** A correction of an event that nobody here has. */
    | 'undone-unknown'
    | 'unreadable';
  /** Id of the event that shows it. */
  readonly event: string;
  /** Id of the other side: the loan that was superseded, the reservation that was passed over; null where there is none. */
  readonly other: string | null;
}

/** So many open exceptions a subject keeps, the latest: a scanner gone mad must not swell a state without bounds. */
const MOST = 20;

/** The list with one more. */
export function withException(
  list: readonly LedgerException[],
  kind: LedgerException['kind'],
  event: LedgerEvent,
  other: string | null = null,
): readonly LedgerException[] {
  return [...list, { kind, event: event.id, other }].slice(-MOST);
}

/** The list without what the named event shows: a person has settled it. */
export function withoutException(list: readonly LedgerException[], event: string): readonly LedgerException[] {
  return list.filter((exception) => exception.event !== event);
}
