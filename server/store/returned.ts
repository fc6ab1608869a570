import type { Transaction } from 'kysely';
import { chainFault } from '#shared/ledger/chain.ts';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import { deviceOf } from '#shared/ledger/writer.ts';
import { chainHead, saveChainHead } from './chain-heads.ts';
import { insertEvents, type StoredEvent } from './insert-events.ts';
import { hashOf } from './judge.ts';
import { type OwnClock, rewriteEvents } from './own-writer.ts';
import type { ReadEvent } from './read-event.ts';
import type { Tables } from './schema.ts';

/** Events in one transaction. */
const AT_ONCE = 1000;

export interface ReturnedCounts {
  readonly lacked: number;
  /** Whose they are. */
  readonly owners: readonly string[];
}

async function knownIds(db: Transaction<Tables>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const inLog = await db.selectFrom('events').select('id').where('id', 'in', ids).execute();
  const waiting = await db.selectFrom('returned').select('id').where('id', 'in', ids).execute();
  return new Set([...inLog, ...waiting].map(({ id }) => id));
}

/** Keeps events that the log lacks until their own writer has had its say: it may send the same ones. */
export async function keepReturned(
  db: Transaction<Tables>,
  reads: readonly ReadEvent[],
  nowMs: number,
): Promise<ReturnedCounts> {
  const known = await knownIds(
    db,
    reads.map(({ event }) => event.id),
  );
  const owners = new Set<string>();
  let lacked = 0;
  for (const { event, json } of reads) {
    if (known.has(event.id)) continue;
    known.add(event.id);
    lacked += 1;
    const { id, terminal, n } = event;
    const owner = deviceOf(terminal);
    owners.add(owner);
    await db
      .insertInto('returned')
      .values({ id, owner, writer: terminal, n, json, received_ms: nowMs })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
  return { lacked, owners: [...owners] };
}

/**
 * Puts what was given back in an owner's name into the log: at its place where it is the next link of its chain, under
 * the server's name where that place is taken or the links before it are gone. `more`: call again.
 */
export async function settleReturned(
  db: Transaction<Tables>,
  owner: string,
  clock: OwnClock,
): Promise<{ readonly stored: readonly StoredEvent[]; readonly more: boolean }> {
  const rows = await db
    .selectFrom('returned')
    .select(['id', 'writer', 'n', 'json'])
    .where('owner', '=', owner)
    .orderBy('writer')
    .orderBy('n')
    .limit(AT_ONCE)
    .execute();
  const inLog = new Set(
    (
      await db
        .selectFrom('events')
        .select('id')
        .where(
          'id',
          'in',
          rows.map(({ id }) => id),
        )
        .execute()
    ).map(({ id }) => id),
  );
  const fitting: ReadEvent[] = [];
  const homeless: LedgerEvent[] = [];
  for (const [writer, mine] of Map.groupBy(rows, (row) => row.writer)) {
    let head = await chainHead(db, writer);
    for (const { id, json } of mine) {
      if (inLog.has(id)) continue;
      const event = eventSchema.parse(JSON.parse(json));
      if (chainFault(head, event) === null) {
        fitting.push({ event, json });
        head = { n: event.n, hash: hashOf(json) };
      } else {
        homeless.push(event);
      }
    }
    await saveChainHead(db, writer, head);
  }
  const stored = await insertEvents(db, fitting, clock.now());
  const rewritten = await rewriteEvents(db, homeless, { ...clock, at: 'their-time' });
  await db
    .deleteFrom('returned')
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  return {
    stored: [...stored, ...(await insertEvents(db, rewritten, clock.now()))],
    more: rows.length === AT_ONCE,
  };
}
