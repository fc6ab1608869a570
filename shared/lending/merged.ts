import { compareText } from '../compare-text.ts';
import type { TypeReservation } from '../ledger/fold-reservations.ts';
import type { ItemState, Loan } from '../ledger/item-state.ts';
import type { ItemType } from './item-type.ts';
import { spanOfReservation, spansMeet } from './reserved.ts';

/** An item by its key, `HF-000123`. */
export interface KeyedItem {
  readonly key: string;
  readonly state: ItemState;
}

/** Somebody holds more of a type than one may, which no single terminal knew: an exception, not an error. */
export interface LimitPassed {
  readonly kind: 'limit-passed';
  readonly borrower: string;
  /** Masked. */
  readonly name: string;
  readonly type: string;
  readonly limit: number;
  /** Ids of all open loans of the type, oldest first. */
  readonly loans: readonly string[];
}

/** The limits that are passed by what all items say together. Loans that staff lent with a reason are explained. */
export function limitsPassed(
  items: readonly KeyedItem[],
  types: ReadonlyMap<string, ItemType>,
): readonly LimitPassed[] {
  const byHolder = new Map<string, { readonly type: string; readonly loans: Loan[] }>();
  for (const { state } of items) {
    if (state.loan === null || state.type === null) continue;
    const holder = `${state.loan.borrower} ${state.type}`;
    const held = byHolder.get(holder) ?? { type: state.type, loans: [] };
    held.loans.push(state.loan);
    byHolder.set(holder, held);
  }
  return [...byHolder.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, { type, loans }]) => {
      const limit = types.get(type)?.limit ?? Number.POSITIVE_INFINITY;
      const sorted = loans.toSorted((a, b) => compareText(a.since, b.since) || compareText(a.id, b.id));
      const [first] = sorted;
      if (first === undefined || sorted.slice(limit).every(({ override }) => override !== null)) return [];
      const { borrower, name } = first;
      return [{ kind: 'limit-passed', borrower, name, type, limit, loans: sorted.map(({ id }) => id) } as const];
    });
}

/** More was promised of a type at a station for a part of a day than there is: both sides are named. */
export interface TypeClash {
  readonly kind: 'reservation-clash';
  /** Ids of those that can be kept, in the order in which they were made. */
  readonly kept: readonly string[];
  /** Id of the one for which nothing is left. */
  readonly left: string;
}

/** Goes through the reservations in the order in which they were made: who comes first is served first. */
export function reservationClashes(
  open: readonly TypeReservation[],
  stock: number,
  zone: string,
): readonly TypeClash[] {
  const kept: TypeReservation[] = [];
  return open.flatMap((reservation) => {
    const span = spanOfReservation(reservation, zone);
    const before = kept.filter((other) => spansMeet(spanOfReservation(other, zone), span));
    if (before.length < stock) {
      kept.push(reservation);
      return [];
    }
    return [{ kind: 'reservation-clash', kept: before.map(({ id }) => id), left: reservation.id } as const];
  });
}
