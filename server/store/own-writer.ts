import type { Transaction } from 'kysely';
import { CHAIN_EMPTY, type ChainHead, hashEvent } from '#shared/ledger/chain.ts';
import { formatHlc, type Hlc, HLC_ZERO, parseHlc, tick, witness } from '#shared/ledger/clock.ts';
import { type EventDraft, eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import type { Tables } from './schema.ts';

/** The name under which the server itself writes events. */
const SERVER_TERMINAL = 'server';

/** A clock this far ahead of the server's is wrong, and the server's own does not follow it (ledger.md, Clocks). */
const FOLLOWED_MS = 24 * 3_600_000;

/** A wall clock this far behind the last own event is doubted; the same measure as on terminals. */
const DOUBTED_BEHIND_MS = 60_000;

interface OwnHead {
  readonly chain: ChainHead;
  /** Of the last own event. */
  readonly own: Hlc;
  /** The latest that was seen, own events included. */
  readonly seen: Hlc;
}

async function ownHead(db: Transaction<Tables>, nowMs: number): Promise<OwnHead> {
  const last = await db
    .selectFrom('events')
    .select('json')
    .where('terminal', '=', SERVER_TERMINAL)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  const latest = await db
    .selectFrom('events')
    .select('hlc')
    .where('hlc', '<', formatHlc({ ms: nowMs + FOLLOWED_MS, counter: 0 }, ''))
    .orderBy('hlc', 'desc')
    .limit(1)
    .executeTakeFirst();
  const seen = latest === undefined ? HLC_ZERO : parseHlc(latest.hlc);
  if (last === undefined) return { chain: CHAIN_EMPTY, own: HLC_ZERO, seen };
  const event = eventSchema.parse(JSON.parse(last.json));
  const own = parseHlc(event.hlc);
  return { chain: { n: event.n, hash: hashEvent(event) }, own, seen: witness(seen, own) };
}

/** The server's next events: its own identity, place in its chain, and a clock later than all it has seen. */
export async function buildOwnEvents(
  db: Transaction<Tables>,
  drafts: readonly EventDraft[],
  { now, newId }: { readonly now: () => number; readonly newId: () => string },
): Promise<LedgerEvent[]> {
  const head = await ownHead(db, now());
  let { chain, seen: hlc } = head;
  return drafts.map((draft) => {
    const wall = now();
    hlc = tick(hlc, wall);
    const event: LedgerEvent = {
      id: newId(),
      terminal: SERVER_TERMINAL,
      n: chain.n + 1,
      prev: chain.hash,
      hlc: formatHlc(hlc, SERVER_TERMINAL),
      wall,
      clock: wall < head.own.ms - DOUBTED_BEHIND_MS ? 'doubted' : 'trusted',
      station: null,
      ...draft,
    };
    chain = { n: event.n, hash: hashEvent(event) };
    return event;
  });
}
