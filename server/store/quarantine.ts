import type { Transaction } from 'kysely';
import type { Refusal } from '#shared/contract/sync.ts';
import { eventRuleFault } from '#shared/ledger/event-rules.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { hashOf, type Link, readPage } from './judge.ts';
import { withoutNul } from './projection.ts';
import type { Tables } from './schema.ts';

export interface SetAside {
  readonly code: Refusal;
  readonly text: string;
  /** Where it keeps its place in the writer's chain; null where it keeps none. */
  readonly link: Link | null;
}

/** The same thing sent again is kept once. */
function keyOf(terminal: string, code: Refusal, text: string): string {
  return hashOf(`${terminal}\n${code}\n${text}`);
}

/** Keeps what was not taken, as it came, until a person has looked or it was taken after all. */
export async function quarantine(
  db: Transaction<Tables>,
  sender: { readonly terminal: string; readonly writer: string },
  refused: readonly SetAside[],
  nowMs: number,
): Promise<void> {
  for (const { code, text, link } of refused) {
    const raw = withoutNul(text);
    const place =
      link === null ? { writer: null, n: null, hash: null } : { writer: sender.writer, n: link.n, hash: link.hash };
    await db
      .insertInto('quarantine')
      .values({
        key: keyOf(sender.terminal, code, raw),
        terminal: sender.terminal,
        ...place,
        event_id: link?.id ?? idIn(text),
        code,
        raw,
        received_ms: nowMs,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }
}

function idIn(text: string): string | null {
  return /"id":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? null;
}

/** Events that were refused for where they stood, and have been taken since, need nobody's look any more. */
export async function release(db: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const waiting = await db
    .selectFrom('quarantine')
    .select('key')
    .where('code', 'in', ['gap', 'wrong-chain', 'forked-log', 'known-elsewhere'])
    .limit(1)
    .executeTakeFirst();
  if (waiting === undefined) return;
  await db
    .deleteFrom('quarantine')
    .where('event_id', 'in', ids)
    .where('code', 'in', ['gap', 'wrong-chain', 'forked-log'])
    .execute();
}

/**
 * The fact that a person may let in, or null where the entry holds none: only a clock that was wrong is forgiven, and
 * nothing that would have been refused with a right clock as well.
 */
export function letInEvent(entry: {
  readonly code: string;
  readonly raw: string;
  readonly settled_ms: number | null;
}): LedgerEvent | null {
  if (entry.code !== ('ahead' satisfies Refusal) || entry.settled_ms !== null) return null;
  const event = readPage([entry.raw])[0]?.read?.event;
  return event === undefined || eventRuleFault(event) !== null ? null : event;
}

/** Takes the entry off what waits for a person, and gives what is to be let in; null where there is nothing to. */
export async function settleEntry(
  db: Transaction<Tables>,
  key: string,
  by: string,
  nowMs: number,
): Promise<LedgerEvent | null> {
  const entry = await db
    .selectFrom('quarantine')
    .select(['code', 'raw', 'settled_ms'])
    .where('key', '=', key)
    .executeTakeFirst();
  const event = entry === undefined ? null : letInEvent(entry);
  if (event !== null) {
    await db.updateTable('quarantine').set({ settled_ms: nowMs, settled_by: by }).where('key', '=', key).execute();
  }
  return event;
}

/** What keeps its place in a writer's chain though it was refused, by n. */
export async function setAsideOf(
  db: Transaction<Tables>,
  writer: string,
  ns: readonly number[],
): Promise<Map<number, { hash: string; code: Refusal }>> {
  if (ns.length === 0) return new Map();
  const rows = await db
    .selectFrom('quarantine')
    .select(['n', 'hash', 'code'])
    .where('writer', '=', writer)
    .where('n', '>=', Math.min(...ns))
    .where('n', '<=', Math.max(...ns))
    .execute();
  return new Map(
    // Written by `quarantine` from a Refusal.
    rows.flatMap(({ n, hash, code }) => (n === null || hash === null ? [] : [[n, { hash, code: code as Refusal }]])),
  );
}
