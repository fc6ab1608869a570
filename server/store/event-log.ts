import type { Kysely, Transaction } from 'kysely';
import type { PushHeader, Refusal } from '#shared/contract/sync.ts';
import type { ChainHead } from '#shared/ledger/chain.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import { bodySchema } from '#shared/ledger/event-types.ts';
import { FOLD_VERSION } from '#shared/ledger/fold.ts';
import { chainHead, saveChainHead } from './chain-heads.ts';
import { cursorOf, seqOf } from './cursor.ts';
import type { ServerDatabase } from './database.ts';
import { insertEvents, lastSeq, type StoredEvent } from './insert-events.ts';
import { type Held, hashOf, judgePage, type PageElement, readPage } from './judge.ts';
import { logIdentity, type LogIdentity, renewLog } from './log-identity.ts';
import { buildOwnEvents, rewriteEvents } from './own-writer.ts';
import { projectAll } from './projection.ts';
import { quarantine, release, setAsideOf, settleEntry } from './quarantine.ts';
import { keepReturned, type ReturnedCounts, settleReturned } from './returned.ts';
import type { Tables } from './schema.ts';

export interface TakenPage {
  readonly kind: 'taken';
  readonly epoch: string;
  /** The highest n of the writer that is held without a gap, in the log or in quarantine. */
  readonly acked: number;
  readonly refused: readonly { readonly index: number; readonly code: Refusal; readonly held: boolean }[];
  readonly unknownTypes: readonly number[];
  readonly stored: readonly StoredEvent[];
}

export type Taken =
  | TakenPage
  /** Another event is held at `at`: nothing of the page was stored. */
  | { readonly kind: 'forked'; readonly at: number }
  /** The caller knows another log than this one. */
  | NewEpoch;

export interface NewEpoch {
  readonly kind: 'new-epoch';
  readonly epoch: string;
  /** What this log holds of the asking writer. */
  readonly head: ChainHead;
}

export interface EventLogDeps {
  readonly database: ServerDatabase;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
}

/** What a caller knows of this log: shows whether the log has lost something since. */
export interface KnownLog {
  readonly writer: string;
  /** '' before the first contact. */
  readonly epoch: string;
  readonly acked: number;
  /** '' or `seq.idEnd`, see contract/sync.ts. */
  readonly cursor: string;
}

async function heldOf(db: Transaction<Tables>, writer: string, page: readonly PageElement[]): Promise<Held> {
  const events = page.flatMap(({ read }) => (read?.event.terminal === writer ? [read.event] : []));
  const ns = page.flatMap(({ raw }) => {
    const n = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)['n'] : null;
    return typeof n === 'number' && Number.isSafeInteger(n) ? [n] : [];
  });
  const aside = await setAsideOf(db, writer, ns);
  if (events.length === 0) return { byN: new Map(), aside, ids: new Set() };
  const places = await db
    .selectFrom('events')
    .select(['n', 'json'])
    .where('terminal', '=', writer)
    .where('n', '>=', Math.min(...events.map(({ n }) => n)))
    .where('n', '<=', Math.max(...events.map(({ n }) => n)))
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
  return { byN: new Map(places.map(({ n, json }) => [n, hashOf(json)])), aside, ids: new Set(ids.map(({ id }) => id)) };
}

function isUnknownType(element: PageElement): boolean {
  return element.read !== null && bodySchema(element.read.event.type, element.read.event.v) === undefined;
}

/** The server's log: takes pages of terminals, writes its own events, tells listeners after each commit. */
export function createEventLog({ database, now, newId }: EventLogDeps) {
  const { db, exclusive } = database;
  const listeners = new Set<(stored: readonly StoredEvent[]) => void>();

  function tell(stored: readonly StoredEvent[]): void {
    if (stored.length === 0) return;
    for (const listener of listeners) listener(stored);
  }

  async function isLost(from: Kysely<Tables>, known: KnownLog, head: ChainHead): Promise<boolean> {
    if (known.acked > head.n) return true;
    if (known.cursor === '') return false;
    const row = await from.selectFrom('events').select('id').where('seq', '=', seqOf(known.cursor)).executeTakeFirst();
    return row === undefined || cursorOf(seqOf(known.cursor), row.id) !== known.cursor;
  }

  /**
   * Null where the caller's knowledge agrees with this log. Where it was told something that the log does not hold, the
   * log was put back from a backup: a new epoch begins, in which every terminal brings what is missing.
   */
  async function strange(from: Transaction<Tables>, known: KnownLog): Promise<NewEpoch | null> {
    if (known.epoch === '') return null;
    const { epoch } = await logIdentity(from, newId);
    const head = await chainHead(from, known.writer);
    if (known.epoch !== epoch) return { kind: 'new-epoch', epoch, head };
    return (await isLost(from, known, head))
      ? { kind: 'new-epoch', epoch: (await renewLog(from, newId)).epoch, head }
      : null;
  }

  async function takeIn(
    transaction: Transaction<Tables>,
    device: string,
    { writer }: KnownLog,
    page: readonly PageElement[],
  ): Promise<Taken> {
    const before = await chainHead(transaction, writer);
    const { judged, head } = judgePage(writer, before, page, await heldOf(transaction, writer, page), now());
    const refused = judged.filter((each) => each.kind === 'refused');
    const forked = refused.filter(({ code }) => code === 'forked-log');
    const [fork] = forked;
    const kept = fork === undefined ? refused : forked;
    await quarantine(
      transaction,
      { terminal: device, writer },
      kept.filter((each) => !each.before),
      now(),
    );
    if (fork !== undefined) {
      const at = page[fork.index]?.read?.event.n;
      if (at === undefined) throw new Error('only what was read can fork');
      return { kind: 'forked', at };
    }
    const reads = judged.flatMap((each) => (each.kind === 'taken' ? [each.read] : []));
    const stored = await insertEvents(transaction, reads, now());
    await release(
      transaction,
      reads.map(({ event }) => event.id),
    );
    if (head.n !== before.n) await saveChainHead(transaction, writer, head);
    const { epoch } = await logIdentity(transaction, newId);
    return {
      kind: 'taken',
      epoch,
      acked: head.n,
      refused: kept.map(({ index, code, link }) => ({ index, code, held: link !== null })),
      unknownTypes: judged.flatMap((each, index) => {
        const element = page[index];
        return each.kind === 'taken' && element !== undefined && isUnknownType(element) ? [index] : [];
      }),
      stored,
    };
  }

  return {
    /**
     * A page as a device sent it, each line judged on its own; all that is right is stored in one transaction. Of a page
     * with a fork nothing is stored: the writer's log is not the one the server knows.
     */
    async take(device: string, header: PushHeader, lines: readonly string[]): Promise<Taken> {
      const known: KnownLog = { ...header, cursor: '' };
      // Read only when it is its turn: pages that wait take several times less memory as texts.
      const taken = await exclusive(
        async (transaction) =>
          (await strange(transaction, known)) ?? takeIn(transaction, device, known, readPage(lines)),
      );
      if (taken.kind === 'taken') tell(taken.stored);
      return taken;
    },

    /** Null where what the caller knows is true of this log, else what it should know first. */
    async check(known: KnownLog): Promise<NewEpoch | null> {
      if (known.epoch === '') return null;
      // Reading needs no writer's turn; only what seems wrong is looked at again in one.
      const { epoch } = await logIdentity(db, newId);
      const seems = known.epoch !== epoch || (await isLost(db, known, await chainHead(db, known.writer)));
      return seems ? exclusive((transaction) => strange(transaction, known)) : null;
    },

    /** The server's own events: registrations, corrections, dispatch. All or none. */
    async append(drafts: readonly EventDraft[]): Promise<readonly StoredEvent[]> {
      const stored = await exclusive(async (transaction) =>
        insertEvents(transaction, await buildOwnEvents(transaction, drafts, { now, newId }), now()),
      );
      tell(stored);
      return stored;
    },

    /** Events that the server has lost, from a device that still has them. How many it did lack. */
    async giveBack(device: string, lines: readonly string[]): Promise<ReturnedCounts> {
      return exclusive(async (transaction) => {
        const page = readPage(lines);
        await quarantine(
          transaction,
          { terminal: device, writer: device },
          page.flatMap(({ read, line }) =>
            read === null ? [{ code: 'malformed' as const, text: line, link: null }] : [],
          ),
          now(),
        );
        return keepReturned(
          transaction,
          page.flatMap(({ read }) => (read === null ? [] : [read])),
          now(),
        );
      });
    },

    /** `owner` has sent all it has: what others gave back in its name is put where it belongs. */
    async settle(owner: string): Promise<void> {
      const waiting = await db
        .selectFrom('returned')
        .select('id')
        .where('owner', '=', owner)
        .limit(1)
        .executeTakeFirst();
      if (waiting === undefined) return;
      for (let more = true; more;) {
        const settled = await exclusive((transaction) => settleReturned(transaction, owner, { now, newId }));
        tell(settled.stored);
        ({ more } = settled);
      }
    },

    /**
     * The account `by` lets in what is in quarantine for its clock: the fact stands, under the server's name and at the
     * server's time, and the entry is kept as settled. False where nothing that may be let in is open under this key.
     */
    async letIn(key: string, by: string): Promise<boolean> {
      const stored = await exclusive(async (transaction) => {
        const event = await settleEntry(transaction, key, by, now());
        if (event === null) return null;
        // It may have come on another way since, or have been let in before that was noted down.
        const held = await transaction.selectFrom('events').select('id').where('id', '=', event.id).executeTakeFirst();
        if (held !== undefined) return [];
        const reads = await rewriteEvents(transaction, [event], { now, newId, at: 'now' });
        return insertEvents(transaction, reads, now());
      });
      tell(stored ?? []);
      return stored !== null;
    },

    /** States that another version of this software made are made anew. Before anything else is asked of the log. */
    async bringUpToDate(): Promise<void> {
      await logIdentity(db, newId);
      await exclusive(async (transaction) => {
        const { fold } = await transaction.selectFrom('log').select('fold').executeTakeFirstOrThrow();
        if (fold === FOLD_VERSION) return;
        await projectAll(transaction);
        await transaction.updateTable('log').set({ fold: FOLD_VERSION }).execute();
      });
    },

    identity: (): Promise<LogIdentity> => logIdentity(db, newId),
    lastSeq: () => lastSeq(db),
    head: (writer: string) => chainHead(db, writer),

    /** Called with the events of each commit, in order. Returns how to stop. */
    onStored(listener: (stored: readonly StoredEvent[]) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type EventLog = ReturnType<typeof createEventLog>;
