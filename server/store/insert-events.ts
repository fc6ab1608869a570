import { CompiledQuery, type Transaction } from 'kysely';
import { audienceOf } from '#shared/ledger/event-rules.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { project } from './projection.ts';
import type { ReadEvent } from './read-event.ts';
import type { Tables } from './schema.ts';

export interface StoredEvent {
  readonly seq: number;
  readonly receivedMs: number;
  readonly event: LedgerEvent;
}

/** Rows of one statement: it takes so many values and no more (SQLite 32766, PostgreSQL 65535). */
const ROWS = 250;

type Row = Tables['events'];

/** What inserts ROWS rows, by dialect: kysely takes longer to put such a text together than SQLite to carry it out. */
const texts = new WeakMap<object, string>();

function textOf(transaction: Transaction<Tables>, rows: readonly Row[]): string {
  const { adapter } = transaction.getExecutor();
  const text = texts.get(adapter) ?? transaction.insertInto('events').values(rows).compile().sql;
  texts.set(adapter, text);
  return text;
}

async function insertRows(transaction: Transaction<Tables>, rows: readonly Row[]): Promise<void> {
  if (rows.length < ROWS) await transaction.insertInto('events').values(rows).execute();
  else {
    const values = rows.flatMap((row) => Object.values(row));
    await transaction.executeQuery(CompiledQuery.raw(textOf(transaction, rows), values));
  }
}

/** The last place in the server's own order; 0 in an empty log. */
export async function lastSeq(db: Pick<Transaction<Tables>, 'selectFrom'>): Promise<number> {
  const row = await db.selectFrom('events').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row?.seq ?? 0;
}

/** Puts events at the end of the log, in this order, and brings the states of their subjects up to date. */
export async function insertEvents(
  transaction: Transaction<Tables>,
  reads: readonly ReadEvent[],
  receivedMs: number,
): Promise<StoredEvent[]> {
  if (reads.length === 0) return [];
  const before = await lastSeq(transaction);
  const rowOf = ({ event, json }: ReadEvent, place: number): Row => {
    const { id, terminal, n, hlc, subject, type, scope, station } = event;
    const seq = before + 1 + place;
    const audience = audienceOf(event);
    return { seq, id, terminal, n, hlc, subject, type, scope, station, audience, received_ms: receivedMs, json };
  };
  for (let start = 0; start < reads.length; start += ROWS) {
    const some = reads.slice(start, start + ROWS);
    await insertRows(
      transaction,
      some.map((read, place) => rowOf(read, start + place)),
    );
  }
  await project(
    transaction,
    reads.map(({ event }) => event),
  );
  return reads.map(({ event }, place) => ({ seq: before + 1 + place, receivedMs, event }));
}
