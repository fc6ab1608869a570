import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Bilingual } from '#shared/bilingual.ts';
import type { consoleContract, EventRow, ItemRow, LoanRow } from '#shared/contract/console.ts';
import { parseHlc } from '#shared/ledger/clock.ts';
import { eventSchema, stationCodeSchema, subjectKey } from '#shared/ledger/event.ts';
import type { ItemState } from '#shared/ledger/item-state.ts';
import type { TypeState } from '#shared/ledger/fold-reference.ts';
import type { StationState } from '#shared/ledger/fold-station.ts';
import { itemLabel, parseItemLabel } from '#shared/lending/item-code.ts';
import type { ServerDatabase } from '../store/database.ts';
import { withoutNul } from '../store/projection.ts';
import type { SubjectsTable, Tables } from '../store/schema.ts';
import { eventRow } from './event-row.ts';
import { supplyNames } from './supply-names.ts';

type InputOf<T extends { '~orpc': { inputSchema?: z.ZodType | undefined } }> = z.output<
  NonNullable<T['~orpc']['inputSchema']>
>;
export type ItemQuery = InputOf<(typeof consoleContract)['items']>;
export type LoanQuery = InputOf<(typeof consoleContract)['loans']>;

type Subjects = SelectQueryBuilder<Tables, 'subjects', Pick<SubjectsTable, 'subject' | 'state' | 'due_ms'>>;

/** Characters with a meaning in LIKE mean themselves in a search. */
export function likeText(search: string): string {
  const plain = withoutNul(search).trim().toLowerCase();
  return `%${plain.replaceAll(/[!%_]/g, '!$&')}%`;
}

/** A label in any spelling finds its item; other words are looked for in notes, names and the names of types. */
function searched(query: Subjects, search: string | undefined): Subjects {
  if (search === undefined || search.trim() === '') return query;
  const item = parseItemLabel(search);
  if (item !== null) return query.where('subject', '=', `item:${item}`);
  const like = likeText(search);
  return query.where(
    sql<boolean>`(words like ${like} escape '!' or type in (
      select substr(subject, 6) from subjects where kind = 'type' and words like ${like} escape '!'))`,
  );
}

/** The place of a value in a list, as SQL; what is not in it comes first. */
function rankOf(value: RawBuilder<unknown>, list: readonly string[]): RawBuilder<number> {
  if (list.length === 0) return sql<number>`0`;
  const places = list.map((entry, place) => sql`when ${value} = ${entry} then ${sql.lit(place)}`);
  return sql<number>`case ${sql.join(places, sql` `)} else -1 end`;
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
    return count;
  }

  /** By the key of the type, in the order in which the community ranks them. */
  async function typeNames(): Promise<Map<string, Bilingual>> {
    const rows = await subjects('type').select(['subject', 'state']).orderBy('subject').execute();
    const known = rows.flatMap(({ subject, state }) => {
      const { definition } = JSON.parse(state) as TypeState;
      return definition === null ? [] : [{ key: subjectKey(subject), name: definition.name, rank: definition.rank }];
    });
    return new Map(known.sort((a, b) => a.rank - b.rank).map(({ key, name }) => [key, name]));
  }

  /** In the order in which the stations were first defined: the community's own. */
  async function stationRows() {
    return subjects('station')
      .select(['subject', 'state'])
      .orderBy((eb) =>
        eb
          .selectFrom('events')
          .select(({ fn }) => fn.min('events.seq').as('first'))
          .whereRef('events.subject', '=', 'subjects.subject'),
      )
      .execute();
  }

  async function stationCodes(): Promise<string[]> {
    return (await stationRows()).map(({ subject }) => subjectKey(subject));
  }

  async function page(query: Subjects, { page: number, pageSize }: { page: number; pageSize: number }) {
    const rows = await query
      .limit(pageSize)
      .offset((number - 1) * pageSize)
      .execute();
    return { rows, total: await countOf(query), names: await typeNames() };
  }

  async function items(query: ItemQuery): Promise<{ rows: ItemRow[]; total: number }> {
    // Without coalesce, nothing comes first on one database and last on the other.
    const column = {
      item: sql`subject`,
      type: rankOf(sql.ref('type'), query.sort === 'type' ? [...(await typeNames()).keys()] : []),
      station: rankOf(sql.ref('station'), query.sort === 'station' ? await stationCodes() : []),
      status: sql`coalesce(status, '')`,
    };
    const direction = query.descending ? 'desc' : 'asc';
    let list: Subjects = subjects('item').select(['subject', 'state', 'due_ms']);
    if (query.station !== undefined) list = list.where('station', '=', query.station);
    if (query.type !== undefined) list = list.where('type', '=', query.type);
    if (query.status !== undefined) list = list.where('status', '=', query.status);
    if (query.exceptions === true) list = list.where('exceptions', '>', 0);
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
    let list: Subjects = subjects('item').where('status', '=', 'on-loan').select(['subject', 'state', 'due_ms']);
    if (query.station !== undefined) list = list.where('station', '=', query.station);
    if (query.overdue === true) list = list.where('due_ms', '<', now());
    if (query.overdue === false) list = list.where('due_ms', '>=', now());
    list = searched(list, query.search).orderBy(column[query.sort], direction).orderBy('subject');
    const { rows, total, names } = await page(list, query);
    return {
      total,
      rows: rows.flatMap(({ subject, state, due_ms }) => {
        const { type, loan } = itemState(state);
        if (loan === null) return [];
        return [
          {
            loan: loan.id,
            item: subjectKey(subject),
            typeName: type === null ? null : (names.get(type) ?? null),
            name: loan.name,
            station: loan.station,
            lentMs: parseHlc(loan.since).ms,
            due: due_ms === null || due_ms === Date.parse(loan.due) ? loan.due : new Date(due_ms).toISOString(),
            overdue: due_ms !== null && due_ms < now(),
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

  /** One row for each station, type and status that items are in. */
  async function itemCounts() {
    const rows = await subjects('item')
      .select(['station', 'type', 'status'])
      .select((eb) => [
        eb.fn.countAll<number>().as('items'),
        eb.fn.sum<number | string>('exceptions').as('exceptions'),
        sql<number | string>`sum(case when due_ms < ${now()} then 1 else 0 end)`.as('overdue'),
      ])
      .groupBy(['station', 'type', 'status'])
      .execute();
    // PostgreSQL gives sums of 64-bit numbers as texts, for they may be longer.
    return rows.map(({ station, type, status, items: count, exceptions, overdue }) => ({
      station,
      type,
      onLoan: status === 'on-loan' ? count : 0,
      inStock: status === 'in-stock' ? count : 0,
      ours: status === 'lost' || status === 'retired' ? 0 : count,
      exceptions: Number(exceptions),
      overdue: Number(overdue),
    }));
  }

  async function overview() {
    const counts = await itemCounts();
    const stationList = await stationRows();
    const heard = await db
      .selectFrom('terminals')
      .select(['station', (eb) => eb.fn.max('heard_ms').as('heard_ms')])
      .groupBy('station')
      .execute();
    const heardBy = new Map(heard.map((row) => [row.station, row.heard_ms]));
    const newest = await db
      .selectFrom('events')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .executeTakeFirst();
    const total = (rows: typeof counts, of: 'onLoan' | 'inStock' | 'ours' | 'exceptions' | 'overdue') =>
      rows.reduce((sum, row) => sum + row[of], 0);
    return {
      items: total(counts, 'ours'),
      onLoan: total(counts, 'onLoan'),
      overdue: total(counts, 'overdue'),
      exceptions: total(counts, 'exceptions'),
      events: newest?.seq ?? 0,
      stations: stationList.flatMap(({ subject, state }) => {
        const code = stationCodeSchema.safeParse(subjectKey(subject));
        const { name } = JSON.parse(state) as StationState;
        if (!code.success || name === null) return [];
        const here = counts.filter(({ station }) => station === code.data);
        const heardMs = heardBy.get(code.data) ?? null;
        return [{ code: code.data, name, items: total(here, 'inStock'), onLoan: total(here, 'onLoan'), heardMs }];
      }),
      types: [...(await typeNames())].map(([type, name]) => {
        const own = counts.filter((row) => row.type === type);
        return { type, name, inStock: total(own, 'inStock'), onLoan: total(own, 'onLoan') };
      }),
      supplies: await supplyNames(db),
    };
  }

  return { items, loans, latestEvents, overview };
}

export type Lists = ReturnType<typeof createLists>;
