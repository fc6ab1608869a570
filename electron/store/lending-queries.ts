import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ItemState } from '#shared/ledger/item-state.ts';
import type { BorrowerState } from '#shared/ledger/fold-reference.ts';
import type { ReservationsState, TypeReservation } from '#shared/ledger/fold-reservations.ts';
import { type CalendarState, COMMUNITY_CALENDAR, type StationState } from '#shared/ledger/fold-station.ts';
import { calendarOf } from '#shared/lending/next-opening.ts';
import type { Calendar } from '#shared/lending/opening-hours.ts';
import type { ItemType } from '#shared/lending/item-type.ts';

const stateRow = z.object({ state: z.string() });
const keyedRow = z.object({ subject: z.string(), state: z.string() });
const countRow = z.object({ type: z.string(), count: z.int() });

/** Reads the projection for the screens and the lending rules. States were written by event-store.ts, hence the casts. */
export function createLendingQueries(db: Database) {
  const bySubject = db.prepare('SELECT state FROM subjects WHERE subject = ?');
  const heldBy = db.prepare('SELECT subject, state FROM subjects WHERE borrower = ? ORDER BY subject');
  const inStock = db.prepare(
    `SELECT type, count(*) AS count FROM subjects
     WHERE kind = 'item' AND station = ? AND status = 'in-stock' AND type IS NOT NULL GROUP BY type`,
  );
  const allTypes = db.prepare("SELECT subject, state FROM subjects WHERE kind = 'type'");

  function stateOf(subject: string): unknown {
    const row = bySubject.get(subject);
    return row === undefined ? null : JSON.parse(stateRow.parse(row).state);
  }

  return {
    /** An item by its key `HF-000123`; null where this terminal has no event of it. */
    item(key: string): ItemState | null {
      return stateOf(`item:${key}`) as ItemState | null;
    },

    type(key: string): ItemType | null {
      return (stateOf(`type:${key}`) as { definition: ItemType | null } | null)?.definition ?? null;
    },

    station(code: string): StationState | null {
      return stateOf(`station:${code}`) as StationState | null;
    },

    /** Zone, hours and special days of a station; `fallbackZone` where this terminal does not know the zone. */
    calendar(code: string, fallbackZone: string): Calendar {
      const own = stateOf(`station:${code}`) as StationState | null;
      return calendarOf(own, stateOf(COMMUNITY_CALENDAR) as CalendarState | null, fallbackZone);
    },

    /** Whether somebody may not borrow, as far as this terminal knows. */
    blocked(borrower: string): BorrowerState['blocked'] {
      return (stateOf(`borrower:${borrower}`) as BorrowerState | null)?.blocked ?? null;
    },

    /** Reservations of a type at a station, in the order in which they were made. */
    reservations(station: string, type: string): readonly TypeReservation[] {
      return (stateOf(`reservations:${station}/${type}`) as ReservationsState | null)?.open ?? [];
    },

    /** What one borrower has on loan, as far as this terminal knows. */
    heldBy(borrower: string): { key: string; state: ItemState }[] {
      return heldBy.all(borrower).map((row) => {
        const { subject, state } = keyedRow.parse(row);
        return { key: subject.slice('item:'.length), state: JSON.parse(state) as ItemState };
      });
    },

    /** How many of each type are in stock at a station. */
    stock(station: string): Map<string, number> {
      return new Map(
        inStock
          .all(station)
          .map((row) => countRow.parse(row))
          .map((row) => [row.type, row.count]),
      );
    },

    types(): { key: string; definition: ItemType }[] {
      return allTypes.all().flatMap((row) => {
        const { subject, state } = keyedRow.parse(row);
        const { definition } = JSON.parse(state) as { definition: ItemType | null };
        return definition === null ? [] : [{ key: subject.slice('type:'.length), definition }];
      });
    },
  };
}

export type LendingQueries = ReturnType<typeof createLendingQueries>;
