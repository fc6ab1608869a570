import type { Transaction } from 'kysely';
import { canonicalJson, CHAIN_EMPTY, chainFault, type ChainHead, hashEvent, sha256Text } from '#shared/ledger/chain.ts';
import { formatHlc, HLC_ZERO, parseHlc, tick, witness, type Hlc } from '#shared/ledger/clock.ts';
import { type EventDraft, eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import type { Refusal } from '#shared/contract/sync.ts';
import type { ServerDatabase } from './database.ts';
import { project } from './projection.ts';
import type { Tables } from './schema.ts';

/** The name under which the server itself writes events. */
export const SERVER_TERMINAL = 'server';

export interface StoredEvent {
  readonly seq: number;
  readonly receivedMs: number;
  readonly event: LedgerEvent;
}

export interface TakenPage {
  /** The highest n of the terminal that is held without a gap. */
  readonly acked: number;
  readonly refused: readonly { readonly index: number; readonly code: Refusal }[];
  readonly stored: readonly StoredEvent[];
}

export interface EventLogDeps {
  readonly database: ServerDatabase;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
}

/** The server's log: takes pages of terminals, writes its own events, tells listeners after each commit. */
export function createEventLog({ database, now, newId }: EventLogDeps) {
  const { db, exclusive } = database;
  const listeners = new Set<(stored: readonly StoredEvent[]) => void>();

  function tell(stored: readonly StoredEvent[]): void {
    if (stored.length === 0) return;
    for (const listener of listeners) listener(stored);
  }

  async function lastSeq(from: Pick<Transaction<Tables>, 'selectFrom'> = db): Promise<number> {
    const row = await from
      .selectFrom('events')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .executeTakeFirst();
    return Number(row?.seq ?? 0);
  }

  async function insert(transaction: Transaction<Tables>, seq: number, event: LedgerEvent): Promise<StoredEvent> {
    const receivedMs = now();
    const { id, terminal, n, hlc, subject, type, scope, station } = event;
    await transaction
      .insertInto('events')
      .values({
        seq,
        id,
        terminal,
        n,
        hlc,
        subject,
        type,
        scope,
        station,
        received_ms: receivedMs,
        json: canonicalJson(event),
      })
      .execute();
    await project(transaction, event);
    return { seq, receivedMs, event };
  }

  async function quarantine(
    transaction: Transaction<Tables>,
    terminal: string,
    code: Refusal,
    raw: unknown,
  ): Promise<void> {
    const text = JSON.stringify(raw);
    await transaction
      .insertInto('quarantine')
      .values({ key: sha256Text(`${terminal}\n${code}\n${text}`), terminal, code, raw: text, received_ms: now() })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }

  /** `known` where the very event is held already; a fork where another one is held in its place. */
  async function heldAlready(transaction: Transaction<Tables>, event: LedgerEvent): Promise<'known' | 'forked-log'> {
    const held = await transaction
      .selectFrom('events')
      .select('json')
      .where('terminal', '=', event.terminal)
      .where('n', '=', event.n)
      .executeTakeFirst();
    return held?.json === canonicalJson(event) ? 'known' : 'forked-log';
  }

  async function judge(
    transaction: Transaction<Tables>,
    terminal: string,
    head: ChainHead,
    raw: unknown,
  ): Promise<{ code: Refusal } | { event: LedgerEvent } | 'known'> {
    const parsed = eventSchema.safeParse(raw);
    if (!parsed.success) return { code: 'malformed' };
    const event = parsed.data;
    if (event.terminal !== terminal) return { code: 'foreign-terminal' };
    if (event.n <= head.n) {
      const held = await heldAlready(transaction, event);
      return held === 'known' ? 'known' : { code: held };
    }
    const fault = chainFault(head, event);
    return fault === null ? { event } : { code: fault };
  }

  /** A page as a terminal sent it, each element judged on its own; all that is right is stored in one transaction. */
  async function take(terminal: string, page: readonly unknown[]): Promise<TakenPage> {
    const taken = await exclusive(async (transaction) => {
      const row = await transaction
        .selectFrom('terminals')
        .select(['acked', 'head_hash'])
        .where('id', '=', terminal)
        .executeTakeFirstOrThrow();
      let head: ChainHead = { n: row.acked, hash: row.head_hash };
      let seq = await lastSeq(transaction);
      const stored: StoredEvent[] = [];
      const refused: { index: number; code: Refusal }[] = [];
      for (const [index, raw] of page.entries()) {
        const verdict = await judge(transaction, terminal, head, raw);
        if (verdict === 'known') continue;
        if ('code' in verdict) {
          refused.push({ index, code: verdict.code });
          // What lies behind a gap is right and will be sent again; the rest is for a person to look at.
          if (verdict.code !== 'gap') await quarantine(transaction, terminal, verdict.code, raw);
          continue;
        }
        seq += 1;
        stored.push(await insert(transaction, seq, verdict.event));
        head = { n: verdict.event.n, hash: hashEvent(verdict.event) };
      }
      await transaction
        .updateTable('terminals')
        .set({ acked: head.n, head_hash: head.hash, heard_ms: now() })
        .where('id', '=', terminal)
        .execute();
      return { acked: head.n, refused, stored };
    });
    tell(taken.stored);
    return taken;
  }

  async function ownHead(transaction: Transaction<Tables>): Promise<{ chain: ChainHead; hlc: Hlc }> {
    const last = await transaction
      .selectFrom('events')
      .select('json')
      .where('terminal', '=', SERVER_TERMINAL)
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst();
    const newest = await transaction
      .selectFrom('events')
      .select((eb) => eb.fn.max('hlc').as('hlc'))
      .executeTakeFirst();
    const seen = newest?.hlc == null ? HLC_ZERO : parseHlc(newest.hlc);
    if (last === undefined) return { chain: CHAIN_EMPTY, hlc: seen };
    const event = eventSchema.parse(JSON.parse(last.json));
    return { chain: { n: event.n, hash: hashEvent(event) }, hlc: witness(seen, parseHlc(event.hlc)) };
  }

  /** The server's own events: registrations, corrections, dispatch. All or none. */
  async function append(drafts: readonly EventDraft[]): Promise<readonly StoredEvent[]> {
    const stored = await exclusive(async (transaction) => {
      let { chain, hlc } = await ownHead(transaction);
      let seq = await lastSeq(transaction);
      const written: StoredEvent[] = [];
      for (const draft of drafts) {
        hlc = tick(hlc, now());
        const event: LedgerEvent = {
          id: newId(),
          terminal: SERVER_TERMINAL,
          n: chain.n + 1,
          prev: chain.hash,
          hlc: formatHlc(hlc, SERVER_TERMINAL),
          wall: now(),
          clock: 'trusted',
          station: null,
          ...draft,
        };
        chain = { n: event.n, hash: hashEvent(event) };
        seq += 1;
        written.push(await insert(transaction, seq, event));
      }
      return written;
    });
    tell(stored);
    return stored;
  }

  return {
    take,
    append,
    lastSeq: () => lastSeq(),

    /** Called with the events of each commit, in order. Returns how to stop. */
    onStored(listener: (stored: readonly StoredEvent[]) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type EventLog = ReturnType<typeof createEventLog>;
