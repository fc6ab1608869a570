import type { Transaction } from 'kysely';
import { parseHlc } from '#shared/ledger/clock.ts';
import { eventSchema, type LedgerEvent, subjectKey } from '#shared/ledger/event.ts';
import { applyEvent, exceptionsOf, fold, initialState, type SubjectState } from '#shared/ledger/fold.ts';
import { compareEvents, type EventKey } from '#shared/ledger/order.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import type { SubjectsTable, Tables } from './schema.ts';

type SearchColumns = Omit<SubjectsTable, 'subject' | 'kind' | 'hlc' | 'terminal' | 'n' | 'state'>;

/** What lists filter and sort by; all of it is in the state as well. */
function searchColumns(subject: string, state: SubjectState): SearchColumns {
  const none = { type: null, station: null, status: null, borrower_name: null, lent_ms: null, due_ms: null };
  const exceptions = exceptionsOf(state).length;
  if (state.kind !== 'item') return { ...none, words: subject.toLowerCase(), exceptions };
  const { loan, note } = state;
  const words = [itemLabel(subjectKey(subject)), note?.zh ?? '', note?.en ?? '', loan?.name ?? ''].join(' ');
  return {
    words: words.toLowerCase(),
    type: state.type,
    station: state.station,
    status: state.status,
    borrower_name: loan?.name ?? null,
    lent_ms: loan === null ? null : parseHlc(loan.since).ms,
    due_ms: loan === null ? null : Date.parse(loan.due),
    exceptions,
  };
}

async function save(db: Transaction<Tables>, subject: string, state: SubjectState, key: EventKey): Promise<void> {
  const { hlc, terminal, n } = key;
  const row = { kind: state.kind, hlc, terminal, n, state: JSON.stringify(state), ...searchColumns(subject, state) };
  await db
    .insertInto('subjects')
    .values({ subject, ...row })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(row))
    .execute();
}

async function eventsOf(db: Transaction<Tables>, subject: string): Promise<LedgerEvent[]> {
  const rows = await db.selectFrom('events').select('json').where('subject', '=', subject).execute();
  return rows.map(({ json }) => eventSchema.parse(JSON.parse(json)));
}

/** Brings a subject's state up to date with one more event of it, which is in the log already. */
export async function project(db: Transaction<Tables>, event: LedgerEvent): Promise<void> {
  const start = initialState(event.subject);
  if (start === null) return;
  const before = await db
    .selectFrom('subjects')
    .select(['state', 'hlc', 'terminal', 'n'])
    .where('subject', '=', event.subject)
    .executeTakeFirst();
  if (before === undefined) return save(db, event.subject, applyEvent(start, event), event);
  if (compareEvents(event, before) > 0) {
    // The projection was written by `save` from a SubjectState.
    return save(db, event.subject, applyEvent(JSON.parse(before.state) as SubjectState, event), event);
  }
  const state = fold(event.subject, await eventsOf(db, event.subject));
  if (state !== null) await save(db, event.subject, state, before);
}
