import type { SelectQueryBuilder } from 'kysely';
import type { z } from 'zod';
import type { Bilingual } from '#shared/bilingual.ts';
import { consoleContract, type EventRow, type ItemRow, type LoanRow } from '#shared/contract/console.ts';
import { eventSchema, subjectKey } from '#shared/ledger/event.ts';
import type { ItemState } from '#shared/ledger/fold-item.ts';
import type { StationState, TypeState } from '#shared/ledger/fold-reference.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { SubjectsTable, Tables } from '../store/schema.ts';
import { eventRow } from './event-row.ts';

type InputOf<T extends { '~orpc': { inputSchema?: z.ZodType | undefined } }> = z.output<
  NonNullable<T['~orpc']['inputSchema']>
>;
export type ItemQuery = InputOf<(typeof consoleContract)['items']>;
export type LoanQuery = InputOf<(typeof consoleContract)['loans']>;

type Subjects = SelectQueryBuilder<Tables, 'subjects', Pick<SubjectsTable, 'subject' | 'state'>>;

/** Characters with a meaning in LIKE mean themselves in a search. */
function likeText(search: string): string {
  return `%${search
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

function searched(query: Subjects, search: string | undefined): Subjects {
  if (search === undefined || search.trim() === '') return query;
  return query.where((eb) => eb(eb.ref('words'), 'like', eb.val(likeText(search))));
}

/** States in the projection were written by projection.ts, hence the casts. */
function itemState(state: string): ItemState {
  return JSON.parse(state) as ItemState;
}

/** What the console lists. Every list filters, sorts and pages in the database. */
export function createLists({ db }: ServerDatabase, now: () => number) {
  const subjects = (kind: string) => db.selectFrom('subjects').where('kind', '=', kind);

  async function countOf(query: Subjects): Promise<number> {
    const { count } = await query
      .clearSelect()
      .clearOrderBy()
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async function typeNames(): Promise<Map<string, Bilingual>> {
    const rows = await subjects('type').select(['subject', 'state']).execute();
    return new Map(
      rows.flatMap(({ subject, state }) => {
        const { definition } = JSON.parse(state) as TypeState;
        return definition === null ? [] : [[subjectKey(subject), definition.name] as const];
      }),
    );
  }

  async function page(query: Subjects, { page: number, pageSize }: { page: number; pageSize: number }) {
    const rows = await query
      .limit(pageSize)
      .offset((number - 1) * pageSize)
      .execute();
    return { rows, total: await countOf(query), names: await typeNames() };
  }

  async function items(query: ItemQuery): Promise<{ rows: ItemRow[]; total: number }> {
    const column = { item: 'subject', type: 'type', station: 'station', status: 'status' } as const;
    const direction = query.descending ? 'desc' : 'asc';
    let list: Subjects = subjects('item').select(['subject', 'state']);
    if (query.station !== undefined) list = list.where('station', '=', query.station);
    if (query.type !== undefined) list = list.where('type', '=', query.type);
    if (query.status !== undefined) list = list.where('status', '=', query.status);
    list = searched(list, query.search).orderBy(column[query.sort], direction).orderBy('subject');
    const { rows, total, names } = await page(list, query);
    return {
      total,
      rows: rows.map(({ subject, state }) => {
        const item = subjectKey(subject);
        const { type, note, home, station, status, exceptions } = itemState(state);
        return {
          item,
          label: itemLabel(item),
          type,
          typeName: type === null ? null : (names.get(type) ?? null),
          note,
          home,
          station,
          status,
          exceptions: exceptions.map(({ kind }) => kind),
        };
      }),
    };
  }

  async function loans(query: LoanQuery): Promise<{ rows: LoanRow[]; total: number }> {
    const column = { lent: 'lent_ms', due: 'due_ms', item: 'subject' } as const;
    const direction = query.descending ? 'desc' : 'asc';
    let list: Subjects = subjects('item').where('status', '=', 'on-loan').select(['subject', 'state']);
    if (query.station !== undefined) list = list.where('station', '=', query.station);
    if (query.overdue === true) list = list.where('due_ms', '<', now());
    if (query.overdue === false) list = list.where('due_ms', '>=', now());
    list = searched(list, query.search).orderBy(column[query.sort], direction).orderBy('subject');
    const { rows, total, names } = await page(list, query);
    return {
      total,
      rows: rows.flatMap(({ subject, state }) => {
        const { type, loan } = itemState(state);
        if (loan === null) return [];
        return [
          {
            loan: loan.id,
            item: subjectKey(subject),
            typeName: type === null ? null : (names.get(type) ?? null),
            name: loan.name,
            station: loan.station,
            lentMs: Number(loan.since.slice(0, 15)),
            due: loan.due,
            overdue: Date.parse(loan.due) < now(),
          },
        ];
      }),
    };
  }

  async function latestEvents(limit: number): Promise<EventRow[]> {
    const rows = await db
      .selectFrom('events')
      .select(['seq', 'received_ms', 'json'])
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ seq, received_ms, json }) =>
      eventRow({ seq, receivedMs: received_ms, event: eventSchema.parse(JSON.parse(json)) }),
    );
  }

  async function overview() {
    const counts = await subjects('item').select(['station', 'type', 'status', 'exceptions', 'due_ms']).execute();
    const stationRows = await subjects('station').select(['subject', 'state']).orderBy('subject').execute();
    const heard = await db
      .selectFrom('terminals')
      .select(['station', (eb) => eb.fn.max('heard_ms').as('heard_ms')])
      .groupBy('station')
      .execute();
    const heardBy = new Map(heard.map((row) => [row.station, row.heard_ms]));
    const events = await db
      .selectFrom('events')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    const onLoan = (rows: typeof counts) => rows.filter(({ status }) => status === 'on-loan').length;
    return {
      items: counts.length,
      onLoan: onLoan(counts),
      overdue: counts.filter(({ due_ms }) => due_ms !== null && due_ms < now()).length,
      exceptions: counts.reduce((sum, { exceptions }) => sum + exceptions, 0),
      events: Number(events.count),
      stations: stationRows.flatMap(({ subject, state }) => {
        const code = subjectKey(subject);
        const { name } = JSON.parse(state) as StationState;
        const here = counts.filter(({ station }) => station === code);
        if (name === null) return [];
        const lent = onLoan(here);
        return [{ code, name, items: here.length - lent, onLoan: lent, heardMs: heardBy.get(code) ?? null }];
      }),
      types: [...(await typeNames())].map(([type, name]) => {
        const own = counts.filter((row) => row.type === type);
        const lent = onLoan(own);
        return { type, name, inStock: own.length - lent, onLoan: lent };
      }),
    };
  }

  return { items, loans, latestEvents, overview };
}

export type Lists = ReturnType<typeof createLists>;
