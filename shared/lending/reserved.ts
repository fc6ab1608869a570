import { Temporal } from 'temporal-polyfill';
import type { TypeReservation } from '../ledger/fold-reservations.ts';
import type { ItemReservation } from '../ledger/item-state.ts';
import { hoursOfPart } from './day-part.ts';

/** Milliseconds since 1970, from and up to. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** From when to when a reservation of a type lasts, in the station's zone. Whoever has not come by then loses it. */
export function spanOfReservation({ day, part }: Pick<TypeReservation, 'day' | 'part'>, zone: string): Span {
  const date = Temporal.PlainDate.from(day);
  const at = (hour: number) =>
    (hour === 24 ? date.add({ days: 1 }) : date).toZonedDateTime({ timeZone: zone, plainTime: { hour: hour % 24 } })
      .epochMilliseconds;
  const [from, until] = hoursOfPart(part);
  return { from: at(from), until: at(until) };
}

export function spansMeet(a: Span, b: Span): boolean {
  return a.from < b.until && b.from < a.until;
}

/** The reservations of a type at one station that hold at a moment; those that are over free what they held at once. */
export function reservedAt(open: readonly TypeReservation[], zone: string, atMs: number): readonly TypeReservation[] {
  return open.filter((reservation) => {
    const { from, until } = spanOfReservation(reservation, zone);
    return from <= atMs && atMs < until;
  });
}

/** The first reservation of this very item by somebody else that meets the span; null where there is none. */
export function reservedByOther(
  reservations: readonly ItemReservation[],
  borrower: string,
  span: Span,
): ItemReservation | null {
  const found = reservations.find(
    (each) =>
      each.borrower !== borrower && spansMeet({ from: Date.parse(each.from), until: Date.parse(each.until) }, span),
  );
  return found ?? null;
}
