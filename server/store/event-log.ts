import type { Transaction } from 'kysely';
import type { Refusal } from '#shared/contract/sync.ts';
import { canonicalJson, chainFault, type ChainHead, sha256Text } from '#shared/ledger/chain.ts';
import type { EventDraft, LedgerEvent } from '#shared/ledger/event.ts';
import type { ServerDatabase } from './database.ts';
import { buildOwnEvents } from './own-writer.ts';
import { project } from './projection.ts';
import { quarantine, release } from './quarantine.ts';
import { rawText, type ReadEvent, readEvent } from './read-event.ts';
import type { Tables } from './schema.ts';

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

/** What the log holds where the events of a page would stand. */
interface Held {
  /** Canonical JSON by n, of this terminal. */
  readonly byN: ReadonlyMap<number, string>;
  /** Ids of the page that are in use, by whomever. */
  readonly ids: ReadonlySet<string>;
}

async function heldOf(db: Transaction<Tables>, terminal: string, events: readonly LedgerEvent[]): Promise<Held> {
  if (events.length === 0) return { byN: new Map(), ids: new Set() };
  const places = await db
    .selectFrom('events')
    .select(['n', 'json'])
    .where('terminal', '=', terminal)
    .where(
      'n',
      'in',
      events.map(({ n }) => n),
    )
    .execute();
  const ids = await db
    .selectFrom('events')
    .select('id')
    .where(
      'id',
      'in',
      events.map(({ id }) => id),
    )
    .execute();
  return { byN: new Map(places.map(({ n, json }) => [n, json])), ids: new Set(ids.map(({ id }) => id)) };
}

type Judged =
  | { readonly kind: 'taken'; readonly read: ReadEvent }
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly index: number; readonly code: Refusal; readonly text: string };

/** Judges the elements of a page one after another; `head` goes on behind those that are taken. */
function judgePage(
  terminal: string,
  from: ChainHead,
  page: readonly { readonly raw: unknown; readonly read: ReadEvent | null }[],
  held: Held,
): { judged: Judged[]; head: ChainHead } {
  let head = from;
  const onPage = new Map<number, string>();
  const ids = new Set(held.ids);

  function faultOf(read: ReadEvent | null): Refusal | 'known' | null {
    if (read === null) return 'malformed';
    const { event, json } = read;
    if (event.terminal !== terminal) return 'foreign-terminal';
    if (event.n <= head.n) return (held.byN.get(event.n) ?? onPage.get(event.n)) === json ? 'known' : 'forked-log';
    const fault = chainFault(head, event);
    if (fault !== null) return fault;
    // The right place in the chain, but under the name of another event.
    return ids.has(event.id) ? 'malformed' : null;
  }

  const judged = page.map(({ raw, read }, index): Judged => {
    const code = faultOf(read);
    if (code === 'known') return { kind: 'known' };
    if (code !== null || read === null) {
      return { kind: 'refused', index, code: code ?? 'malformed', text: read?.json ?? rawText(raw) };
    }
    head = { n: read.event.n, hash: sha256Text(read.json) };
    onPage.set(read.event.n, read.json);
    ids.add(read.event.id);
    return { kind: 'taken', read };
  });
  return { judged, head };
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
    return row?.seq ?? 0;
  }

  async function insert(transaction: Transaction<Tables>, reads: readonly ReadEvent[]): Promise<StoredEvent[]> {
    if (reads.length === 0) return [];
    const before = await lastSeq(transaction);
    const receivedMs = now();
    const stored = reads.map(({ event }, place) => ({ seq: before + 1 + place, receivedMs, event }));
    const rows = reads.map(({ event, json }, place) => {
      const { id, terminal, n, hlc, subject, type, scope, station } = event;
      const seq = before + 1 + place;
      return { seq, id, terminal, n, hlc, subject, type, scope, station, received_ms: receivedMs, json };
    });
    // A statement takes so many values and no more (SQLite 32766, PostgreSQL 65535).
    for (let start = 0; start < rows.length; start += 500) {
      await transaction
        .insertInto('events')
        .values(rows.slice(start, start + 500))
        .execute();
    }
    await project(
      transaction,
      reads.map(({ event }) => event),
    );
    return stored;
  }

  /**
   * A page as a terminal sent it, each element judged on its own; all that is right is stored in one transaction.
   * Of a page with a fork nothing is stored: the terminal's log is not the one the server knows.
   */
  async function take(terminal: string, rawPage: readonly unknown[]): Promise<TakenPage> {
    const page = rawPage.map((raw) => ({ raw, read: readEvent(raw) }));
    const taken = await exclusive(async (transaction) => {
      const row = await transaction
        .selectFrom('terminals')
        .select(['acked', 'head_hash'])
        .where('id', '=', terminal)
        .executeTakeFirstOrThrow();
      const before: ChainHead = { n: row.acked, hash: row.head_hash };
      const events = page.flatMap(({ read }) => (read?.event.terminal === terminal ? [read.event] : []));
      const { judged, head } = judgePage(terminal, before, page, await heldOf(transaction, terminal, events));
      const refused = judged.filter((each) => each.kind === 'refused');
      const forked = refused.filter(({ code }) => code === 'forked-log');
      const kept = forked.length > 0 ? forked : refused;
      await quarantine(transaction, terminal, kept, now());
      const reads = forked.length > 0 ? [] : judged.flatMap((each) => (each.kind === 'taken' ? [each.read] : []));
      const stored = await insert(transaction, reads);
      await release(
        transaction,
        terminal,
        reads.map(({ json }) => json),
      );
      const { n, hash } = forked.length > 0 ? before : head;
      await transaction
        .updateTable('terminals')
        .set({ acked: n, head_hash: hash, heard_ms: now() })
        .where('id', '=', terminal)
        .execute();
      return { acked: n, refused: kept.map(({ index, code }) => ({ index, code })), stored };
    });
    tell(taken.stored);
    return taken;
  }

  /** The server's own events: registrations, corrections, dispatch. All or none. */
  async function append(drafts: readonly EventDraft[]): Promise<readonly StoredEvent[]> {
    const stored = await exclusive(async (transaction) => {
      const events = await buildOwnEvents(transaction, drafts, { now, newId });
      return insert(
        transaction,
        events.map((event) => ({ event, json: canonicalJson(event) })),
      );
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
