import type { Transaction } from 'kysely';
import { parseHlc } from '#shared/ledger/clock.ts';
import { eventSchema, type LedgerEvent, subjectKey } from '#shared/ledger/event.ts';
import { applyEvent, exceptionsOf, fold, initialState, type SubjectState } from '#shared/ledger/fold.ts';
import { compareEvents, type EventKey } from '#shared/ledger/order.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { unreachable } from '#shared/result.ts';
import type { SubjectsTable, Tables } from './schema.ts';

type SearchColumns = Omit<SubjectsTable, 'subject' | 'kind' | 'hlc' | 'terminal' | 'n' | 'state'>;

/** PostgreSQL has no NUL in its texts; what a search looks into can do without. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}

function wordsOf(subject: string, state: SubjectState): string[] {
  const key = subjectKey(subject);
  switch (state.kind) {
    case 'item':
      return [itemLabel(key), state.note?.zh ?? '', state.note?.en ?? '', state.loan?.name ?? ''];
    case 'type':
      return [key, state.definition?.name.zh ?? '', state.definition?.name.en ?? ''];
    case 'station':
    case 'supply':
      return [key, state.name?.zh ?? '', state.name?.en ?? ''];
    case 'person':
      return [state.name ?? ''];
    default:
      return unreachable(state);
  }
}

/** What lists filter and sort by; all of it is in the state as well. */
function searchColumns(subject: string, state: SubjectState): SearchColumns {
  const common = {
    words: withoutNul(wordsOf(subject, state).join(' ').toLowerCase()),
    exceptions: exceptionsOf(state).length,
  };
  if (state.kind !== 'item') {
    return { ...common, type: null, station: null, status: null, lent_ms: null, due_ms: null };
  }
  const { loan, type, station, status } = state;
  const due = Date.parse(loan?.due ?? '');
  return {
    ...common,
    type: type === null ? null : withoutNul(type),
    station,
    status,
    lent_ms: loan === null ? null : parseHlc(loan.since).ms,
    due_ms: Number.isNaN(due) ? null : due,
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

async function projectSubject(db: Transaction<Tables>, subject: string, news: readonly LedgerEvent[]): Promise<void> {
  const start = initialState(subject);
  if (start === null) return;
  const sorted = news.toSorted(compareEvents);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return;
  const before = await db
    .selectFrom('subjects')
    .select(['state', 'hlc', 'terminal', 'n'])
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (before === undefined || compareEvents(first, before) > 0) {
    // The projection was written by `save` from a SubjectState.
    const from = before === undefined ? start : (JSON.parse(before.state) as SubjectState);
    return save(db, subject, sorted.reduce(applyEvent, from), last);
  }
  const state = fold(subject, await eventsOf(db, subject));
  if (state !== null) await save(db, subject, state, compareEvents(last, before) > 0 ? last : before);
}

/**
 * Brings the states of all subjects that `events` are about up to date. The events are in the log already; each subject
 * is gone on with where they are its latest, and folded anew where one came late.
 */
export async function project(db: Transaction<Tables>, events: readonly LedgerEvent[]): Promise<void> {
  for (const [subject, news] of Map.groupBy(events, (event) => event.subject)) await projectSubject(db, subject, news);
}
