import type { Transaction } from 'kysely';
import type { Refusal } from '#shared/contract/sync.ts';
import { hashOf, type Link } from './judge.ts';
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
