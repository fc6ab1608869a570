import type { Transaction } from 'kysely';
import { canonicalJson, type ChainHead, hashEvent } from '#shared/ledger/chain.ts';
import { formatHlc, type Hlc, HLC_ZERO, parseHlc, tick, witness } from '#shared/ledger/clock.ts';
import type { EventDraft, LedgerEvent } from '#shared/ledger/event.ts';
import { chainHead, saveChainHead } from './chain-heads.ts';
import { FURTHEST_AHEAD_MS } from './judge.ts';
import { logIdentity } from './log-identity.ts';
import type { ReadEvent } from './read-event.ts';
import type { Tables } from './schema.ts';

/** A wall clock this far behind what was last written is doubted; the same measure as on terminals. */
const DOUBTED_BEHIND_MS = 60_000;

export interface OwnClock {
  readonly now: () => number;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
}

/** The latest clock in the log that is not from the far future. */
async function latestHlc(db: Transaction<Tables>, nowMs: number): Promise<Hlc> {
  const latest = await db
    .selectFrom('events')
    .select('hlc')
    .where('hlc', '<', formatHlc({ ms: nowMs + FURTHEST_AHEAD_MS, counter: 0 }, ''))
    .orderBy('hlc', 'desc')
    .limit(1)
    .executeTakeFirst();
  return latest === undefined ? HLC_ZERO : parseHlc(latest.hlc);
}

async function ownLast(db: Transaction<Tables>, writer: string): Promise<Hlc> {
  const last = await db
    .selectFrom('events')
    .select('hlc')
    .where('terminal', '=', writer)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last === undefined ? HLC_ZERO : parseHlc(last.hlc);
}

async function link(
  db: Transaction<Tables>,
  writer: string,
  bodies: readonly ((head: ChainHead) => LedgerEvent)[],
): Promise<ReadEvent[]> {
  let head = await chainHead(db, writer);
  const reads = bodies.map((body) => {
    const event = body(head);
    head = { n: event.n, hash: hashEvent(event) };
    return { event, json: canonicalJson(event) };
  });
  await saveChainHead(db, writer, head);
  return reads;
}

/** The server's next events: its own name, place in its chain, and a clock later than all it has seen. */
export async function buildOwnEvents(
  db: Transaction<Tables>,
  drafts: readonly EventDraft[],
  { now, newId }: OwnClock,
): Promise<ReadEvent[]> {
  const { writer } = await logIdentity(db, newId);
  const own = await ownLast(db, writer);
  let hlc = witness(await latestHlc(db, now()), own);
  return link(
    db,
    writer,
    drafts.map((draft) => (head: ChainHead) => {
      const wall = now();
      hlc = tick(hlc, wall);
      return {
        id: newId(),
        terminal: writer,
        n: head.n + 1,
        prev: head.hash,
        hlc: formatHlc(hlc, writer),
        wall,
        clock: wall < own.ms - DOUBTED_BEHIND_MS ? 'doubted' : 'trusted',
        station: null,
        ...draft,
      };
    }),
  );
}

/**
 * Events of others that have no place in their own writer's chain any more, under the server's name: the same facts,
 * with the ids that other events refer to. `at` gives a new clock where theirs can't stand.
 */
export async function rewriteEvents(
  db: Transaction<Tables>,
  events: readonly LedgerEvent[],
  { now, newId, at }: OwnClock & { readonly at: 'their-time' | 'now' },
): Promise<ReadEvent[]> {
  if (events.length === 0) return [];
  const { writer } = await logIdentity(db, newId);
  let hlc = at === 'now' ? await latestHlc(db, now()) : HLC_ZERO;
  return link(
    db,
    writer,
    events.map((event) => (head: ChainHead) => {
      hlc = at === 'now' ? tick(hlc, now()) : parseHlc(event.hlc);
      return {
        ...event,
        terminal: writer,
        n: head.n + 1,
        prev: head.hash,
        hlc: formatHlc(hlc, writer),
        writtenBy: { terminal: event.terminal, n: event.n },
      };
    }),
  );
}
