import type { BorrowerState } from '../ledger/fold-reference.ts';
import type { TypeReservation } from '../ledger/fold-reservations.ts';
import type { ItemState } from '../ledger/item-state.ts';
import { unreachable } from '../result.ts';
import { dueAt } from './due.ts';
import type { ItemType } from './item-type.ts';
import type { Calendar } from './opening-hours.ts';
import { type Answer, saidNo } from './questions.ts';
import type { Refusal } from './refusal.ts';
import { reservedAt, reservedByOther } from './reserved.ts';

/** What a terminal knows of somebody who wants to have or keep an item. */
export interface BorrowerFacts {
  readonly borrower: string;
  readonly blocked: BorrowerState['blocked'];
}

/** What a terminal knows of an item, of the station it stands in and of the moment. */
export interface PlaceFacts {
  readonly item: ItemState;
  readonly type: ItemType;
  /** Of the station that lends. */
  readonly calendar: Calendar;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Whether the terminal is in touch with the server. */
  readonly online: boolean;
  /** Reservations of the type at the station. */
  readonly reservations: readonly TypeReservation[];
  /** How many of the type are in stock at the station. */
  readonly stock: number;
}

export interface LendingFacts extends BorrowerFacts, PlaceFacts {
  /** Whether staff lend it, or the borrower takes it alone. */
  readonly attended: boolean;
  /** How many of the type the borrower has on loan. */
  readonly holding: number;
  /** How many items of any type the borrower has that are overdue. */
  readonly overdue: number;
  readonly answers: readonly Answer[];
}

/** Whether the rules allow it, why not, and until when it would be. */
export interface Verdict {
  /** None where the rules allow it. */
  readonly refusals: readonly Refusal[];
  /** ISO 8601 with offset. */
  readonly due: string;
}

function refusalOfItem(item: ItemState): Refusal | null {
  switch (item.status) {
    case 'in-stock':
      return null;
    case 'on-loan': {
      const parts = item.loan?.missing ?? [];
      return parts.length > 0
        ? { reason: 'parts-missing', parts, help: 'take-another', override: true }
        : { reason: 'on-loan', help: 'return-first', override: false };
    }
    case 'in-transfer':
      return { reason: 'in-transfer', to: item.transfer?.to ?? '', help: 'take-another', override: true };
    case 'set-aside':
      return { reason: 'set-aside', help: 'take-another', override: true };
    case 'damaged':
    case 'retired':
      return { reason: item.status, help: 'take-another', override: false };
    case 'lost':
      return { reason: 'lost', help: 'ask-staff', override: false };
    default:
      return unreachable(item.status);
  }
}

export function refusalOfBlock({ blocked }: BorrowerFacts, nowMs: number): Refusal | null {
  if (blocked === null || (blocked.until !== null && Date.parse(blocked.until) <= nowMs)) return null;
  return { reason: 'blocked', until: blocked.until, help: 'ask-community', override: false };
}

export function refusalOfOffline({ type, online }: PlaceFacts): Refusal | null {
  if (online || type.offline === 'lend-and-return') return null;
  return { reason: 'offline', help: 'come-back-later', override: true };
}

/**
 * Promised to somebody else: this very item before it would be due back, or as many of the type as are here, now.
 * `leaves` is whether the item leaves the shelf, or is out already.
 */
export function refusalOfReservation(facts: BorrowerFacts & PlaceFacts, due: string, leaves: boolean): Refusal | null {
  const { item, borrower, nowMs, reservations, stock, calendar } = facts;
  const refused = (reservation: string): Refusal => ({
    reason: 'reserved',
    reservation,
    help: leaves ? 'take-another' : 'return-one',
    override: true,
  });
  const own = reservedByOther(item.reservations, borrower, { from: nowMs, until: Date.parse(due) });
  if (own !== null) return refused(own.id);
  const now = reservedAt(reservations, calendar.zone, nowMs);
  // Who has a reservation of their own is not kept waiting by the others'.
  if (leaves && now.some((each) => each.borrower === borrower)) return null;
  const kept = now.filter((each) => each.borrower !== borrower);
  const first = kept[0];
  return first !== undefined && kept.length >= (leaves ? stock : stock + 1) ? refused(first.id) : null;
}

/**
 * Whether an item may be lent, by what the terminal knows. Whoever decides may override most reasons, with a reason of
 * their own; what merged knowledge shows later is an exception, see merged.ts.
 */
export function judgeLending(facts: LendingFacts): Verdict {
  const { item, type, calendar, nowMs, holding, overdue, attended, answers } = facts;
  const due = dueAt(type.period, nowMs, calendar);
  const no = saidNo(answers);
  const refusals: (Refusal | null)[] = [
    refusalOfItem(item),
    no === null ? null : { reason: 'answered-no', question: no, help: 'take-another', override: true },
    refusalOfBlock(facts, nowMs),
    attended || type.unattended ? null : { reason: 'unattended', help: 'ask-staff', override: true },
    refusalOfOffline(facts),
    holding >= type.limit ? { reason: 'limit', limit: type.limit, holding, help: 'return-one', override: true } : null,
    overdue > 0 && !type.lendWhileOverdue
      ? { reason: 'overdue', count: overdue, help: 'return-overdue', override: true }
      : null,
    refusalOfReservation(facts, due, true),
  ];
  return { refusals: refusals.filter((refusal) => refusal !== null), due };
}
