import type { LendingQueries } from '#electron/store/lending-queries.ts';
import { isOverdue } from '#shared/lending/due.ts';
import type { SessionFacts, SheetDelays } from './session.ts';

export interface FactSources {
  readonly queries: LendingQueries;
  readonly station: string;
  /** The zone where the ledger does not know the station's. */
  readonly zone: string;
  /** Milliseconds since 1970, corrected. */
  readonly now: number;
  /** Monotonic milliseconds. */
  readonly monotonic: number;
  readonly online: boolean;
  readonly delays: SheetDelays;
}

/** What the step may know, read from the projection when it asks. */
export function sessionFacts({ queries, station, zone, now, monotonic, online, delays }: FactSources): SessionFacts {
  const calendar = (code: string) => queries.calendar(code, zone);
  return {
    item: (key) => queries.item(key),
    type: (key) => queries.type(key),
    holding: (borrower, type) => queries.heldBy(borrower).filter(({ state }) => state.type === type).length,
    overdue: (borrower) =>
      queries
        .heldBy(borrower)
        .filter(({ state: { loan } }) => loan !== null && isOverdue(loan.due, calendar(loan.station), now)).length,
    blocked: (borrower) => queries.blocked(borrower),
    reservations: (type) => queries.reservations(station, type),
    stock: (type) => queries.stock(station).get(type) ?? 0,
    calendar,
    station,
    online,
    now,
    monotonic,
    delays,
  };
}
