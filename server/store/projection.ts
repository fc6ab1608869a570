import type { Transaction } from 'kysely';
import { parseHlc } from '#shared/ledger/clock.ts';
import { eventSchema, type LedgerEvent, subjectKey } from '#shared/ledger/event.ts';
import { applyEvent, exceptionsOf, fold, initialState, type SubjectState } from '#shared/ledger/fold.ts';
import { needsRefold } from '#shared/ledger/needs-refold.ts';
import { compareEvents, type EventKey } from '#shared/ledger/order.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { unreachable } from '#shared/result.ts';
import { redate } from './redate.ts';
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
    case 'stocktake':
    case 'reservations':
    case 'calendar':
      return [key];
    case 'borrower':
      return [];
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

type Row = SubjectsTable;

function rowOf(subject: string, state: SubjectState, { hlc, terminal, n }: EventKey): Row {
  const columns = searchColumns(subject, state);
  return { subject, kind: state.kind, hlc, terminal, n, state: JSON.stringify(state), ...columns };
}

/** Values that one statement may take, far below what SQLite (32766) and PostgreSQL (65535) allow. */
const AT_ONCE = 500;

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let start = 0; start < all.length; start += AT_ONCE) yield all.slice(start, start + AT_ONCE);
}

async function save(db: Transaction<Tables>, rows: readonly Row[]): Promise<void> {
  for (const some of chunks(rows)) {
    await db
      .insertInto('subjects')
      .values(some)
      .onConflict((conflict) =>
        conflict.column('subject').doUpdateSet((eb) => ({
          hlc: eb.ref('excluded.hlc'),
          terminal: eb.ref('excluded.terminal'),
          n: eb.ref('excluded.n'),
          state: eb.ref('excluded.state'),
          words: eb.ref('excluded.words'),
          type: eb.ref('excluded.type'),
          station: eb.ref('excluded.station'),
          status: eb.ref('excluded.status'),
          lent_ms: eb.ref('excluded.lent_ms'),
          due_ms: eb.ref('excluded.due_ms'),
          exceptions: eb.ref('excluded.exceptions'),
        })),
      )
      .execute();
  }
}

async function statesOf(db: Transaction<Tables>, subjects: readonly string[]) {
  const before = new Map<string, EventKey & { readonly state: string }>();
  for (const some of chunks(subjects)) {
    const rows = await db
      .selectFrom('subjects')
      .select(['subject', 'state', 'hlc', 'terminal', 'n'])
      .where('subject', 'in', some)
      .execute();
    for (const { subject, ...row } of rows) before.set(subject, row);
  }
  return before;
}

async function refold(db: Transaction<Tables>, subject: string): Promise<Row | null> {
  const rows = await db.selectFrom('events').select('json').where('subject', '=', subject).execute();
  const events = rows.map(({ json }) => eventSchema.parse(JSON.parse(json))).sort(compareEvents);
  const state = fold(subject, events);
  const last = events.at(-1);
  return state === null || last === undefined ? null : rowOf(subject, state, last);
}

/**
 * Brings the states of all subjects that `events` are about up to date. The events are in the log already; each subject
 * is gone on with where they are its latest, and folded anew where one came late or changes what is past.
 */
export async function project(db: Transaction<Tables>, events: readonly LedgerEvent[]): Promise<void> {
  const bySubject = [...Map.groupBy(events, ({ subject }) => subject)];
  const before = await statesOf(
    db,
    bySubject.map(([subject]) => subject),
  );
  const rows: Row[] = [];
  for (const [subject, news] of bySubject) {
    const start = initialState(subject);
    const sorted = news.toSorted(compareEvents);
    const [first] = sorted;
    const last = sorted.at(-1);
    if (start === null || first === undefined || last === undefined) continue;
    const known = before.get(subject);
    const goesOn = (known === undefined || compareEvents(first, known) > 0) && !sorted.some(needsRefold);
    // The projection was written by `save` from a SubjectState.
    const from = known === undefined ? start : (JSON.parse(known.state) as SubjectState);
    const row = goesOn ? rowOf(subject, sorted.reduce(applyEvent, from), last) : await refold(db, subject);
    if (row !== null) rows.push(row);
  }
  await save(db, rows);
  await redate(
    db,
    rows.map(({ subject }) => subject),
  );
}

/** Every state anew from the log, by this version's fold. */
export async function projectAll(db: Transaction<Tables>): Promise<void> {
  await db.deleteFrom('subjects').execute();
  const subjects = await db.selectFrom('events').select('subject').distinct().orderBy('subject').execute();
  for (const some of chunks(subjects)) {
    const rows: Row[] = [];
    for (const { subject } of some) {
      const row = await refold(db, subject);
      if (row !== null) rows.push(row);
    }
    await save(db, rows);
  }
  await redate(
    db,
    subjects.map(({ subject }) => subject),
  );
}
