import type { Transaction } from 'kysely';
import { subjectKind } from '#shared/ledger/event.ts';
import { type CalendarState, COMMUNITY_CALENDAR, type StationState } from '#shared/ledger/fold-station.ts';
import type { ItemState } from '#shared/ledger/item-state.ts';
import { effectiveDue } from '#shared/lending/due.ts';
import { calendarOf } from '#shared/lending/next-opening.ts';
import type { Calendar } from '#shared/lending/opening-hours.ts';
import type { Tables } from './schema.ts';

/** A station without hours is never closed, so no zone is asked for; this one stands where none is known. */
const ANY_ZONE = 'UTC';

interface OpenLoan {
  readonly subject: string;
  readonly dueMs: number | null;
  readonly told: string;
  readonly station: string;
}

async function openLoans(db: Transaction<Tables>, subjects: readonly string[] | 'all'): Promise<OpenLoan[]> {
  let query = db.selectFrom('subjects').select(['subject', 'state', 'due_ms']).where('status', '=', 'on-loan');
  if (subjects !== 'all') query = query.where('subject', 'in', subjects);
  const rows = await query.execute();
  return rows.flatMap(({ subject, state, due_ms }) => {
    // The projection was written from an ItemState, only items have this status.
    const { loan } = JSON.parse(state) as ItemState;
    return loan === null ? [] : [{ subject, dueMs: due_ms, told: loan.due, station: loan.station }];
  });
}

async function calendarsOf(db: Transaction<Tables>, stations: readonly string[]): Promise<Map<string, Calendar>> {
  const rows = await db
    .selectFrom('subjects')
    .select(['subject', 'state'])
    .where('subject', 'in', [COMMUNITY_CALENDAR, ...stations.map((station) => `station:${station}`)])
    .execute();
  const states = new Map(rows.map(({ subject, state }) => [subject, state]));
  const stateOf = (subject: string): unknown => JSON.parse(states.get(subject) ?? 'null');
  const community = stateOf(COMMUNITY_CALENDAR) as CalendarState | null;
  return new Map(
    stations.map((station) => {
      const own = stateOf(`station:${station}`) as StationState | null;
      return [station, calendarOf(own, community, ANY_ZONE)];
    }),
  );
}

/** Values that one statement may take. */
const AT_ONCE = 500;

/**
 * Brings the column `due_ms`, which lists filter and sort by, in step with hours and holidays, after the states of
 * `changed` subjects were saved: of items that were lent, and of all loans that a changed calendar touches.
 */
export async function redate(db: Transaction<Tables>, changed: readonly string[]): Promise<void> {
  const calendars = changed.some((subject) => ['station', 'calendar'].includes(subjectKind(subject)));
  const items = changed.filter((subject) => subjectKind(subject) === 'item');
  const loans: OpenLoan[] = [];
  if (calendars) loans.push(...(await openLoans(db, 'all')));
  else {
    for (let start = 0; start < items.length; start += AT_ONCE) {
      loans.push(...(await openLoans(db, items.slice(start, start + AT_ONCE))));
    }
  }
  if (loans.length === 0) return;
  const byStation = await calendarsOf(db, [...new Set(loans.map(({ station }) => station))]);
  for (const { subject, dueMs, told, station } of loans) {
    const calendar = byStation.get(station);
    if (calendar === undefined) throw new Error(`no calendar of ${station}`);
    const effectiveMs = Date.parse(effectiveDue(told, calendar));
    if (effectiveMs !== dueMs && !Number.isNaN(effectiveMs)) {
      await db.updateTable('subjects').set({ due_ms: effectiveMs }).where('subject', '=', subject).execute();
    }
  }
}
