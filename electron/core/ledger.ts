import type { EventStore, Head } from '#electron/store/event-store.ts';
import { canonicalJson, sha256Text } from '#shared/ledger/chain.ts';
import { formatHlc, parseHlc, tick, witness } from '#shared/ledger/clock.ts';
import type { EventDraft, LedgerEvent } from '#shared/ledger/event.ts';
import { applyEvent, fold, initialState } from '#shared/ledger/fold.ts';
import { compareEvents } from '#shared/ledger/order.ts';

/** A wall clock this far behind the last event is doubted; clocks of two machines differ by less without harm. */
const DOUBTED_BEHIND_MS = 60_000;

/** Events this far ahead of the own corrected clock do not pull it along (ledger.md, Clocks). */
const FOLLOWED_MS = 24 * 3_600_000;

export interface LedgerDeps {
  readonly store: EventStore;
  /** The station's code, written into every event. */
  readonly station: string;
  /** Wall clock, milliseconds since 1970, uncorrected. */
  readonly now: () => number;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
}

/**
 * The terminal's ledger: appends own events, takes in those of others, keeps the projection. Each call is one SQLite
 * transaction; when it returns, its outcome is on the disk and may be shown.
 */
export function createLedger({ store, station, now, newId }: LedgerDeps) {
  let head = store.head();
  const listeners = new Set<() => void>();

  /** Own time: the wall clock, corrected by what the server last said. */
  function correctedNow(): number {
    return now() + head.offsetMs;
  }

  function project(event: LedgerEvent): void {
    const start = initialState(event.subject);
    if (start === null) return;
    const before = store.subject(event.subject);
    if (before === null || compareEvents(event, before.key) > 0) {
      store.saveSubject(event.subject, { state: applyEvent(before?.state ?? start, event), key: event });
      return;
    }
    const state = fold(event.subject, store.eventsOf(event.subject));
    if (state !== null) store.saveSubject(event.subject, { state, key: before.key });
  }

  function build(draft: EventDraft, from: Head): { event: LedgerEvent; json: string; head: Head } {
    const wall = now();
    const corrected = wall + from.offsetMs;
    const hlc = tick(from.hlc, corrected);
    const event: LedgerEvent = {
      id: newId(),
      terminal: store.terminal,
      n: from.n + 1,
      prev: from.hash,
      hlc: formatHlc(hlc, store.terminal),
      wall,
      clock: corrected < from.hlc.ms - DOUBTED_BEHIND_MS ? 'doubted' : 'trusted',
      station,
      ...draft,
    };
    const json = canonicalJson(event);
    return { event, json, head: { ...from, n: event.n, hash: sha256Text(json), hlc } };
  }

  /** Memory follows the disk: `head` and the listeners change only after the commit. */
  function commit<T>(work: (from: Head) => { head: Head; value: T }): T {
    const result = store.transaction(() => {
      const done = work(head);
      store.saveHead(done.head);
      return done;
    });
    head = result.head;
    for (const listener of listeners) listener();
    return result.value;
  }

  return {
    correctedNow,

    /** Called after every commit that may have changed something. Returns how to stop. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    head: (): Head => head,

    /** Appends own events, all or none. Throws where the disk refuses: then nothing was recorded. */
    append(drafts: readonly EventDraft[]): LedgerEvent[] {
      if (drafts.length === 0) return [];
      return commit((from) => {
        const events: LedgerEvent[] = [];
        let next = from;
        for (const draft of drafts) {
          const built = build(draft, next);
          if (!store.insert(built.event, built.json)) throw new Error(`event ${built.event.n} is there already`);
          project(built.event);
          events.push(built.event);
          next = built.head;
        }
        return { head: next, value: events };
      });
    },

    /**
     * A page of other replicas' events, together with the cursor behind it. Own ones among them are left out: only what
     * was written here may stand in the own chain.
     */
    takeIn(events: readonly LedgerEvent[], cursor: number): void {
      commit((from) => {
        let hlc = from.hlc;
        const furthest = correctedNow() + FOLLOWED_MS;
        for (const event of events) {
          if (event.terminal === store.terminal || !store.insert(event, canonicalJson(event))) continue;
          project(event);
          const seen = parseHlc(event.hlc);
          if (seen.ms <= furthest) hlc = witness(hlc, seen);
        }
        return { head: { ...from, hlc, cursor }, value: undefined };
      });
    },

    /** Own events the server does not hold yet, in order. */
    unsent(limit: number): LedgerEvent[] {
      return store.ownAfter(head.acked, limit);
    },

    /** The server holds own events up to n, and its clock is `offsetMs` ahead of this machine's. */
    acknowledge(acked: number, offsetMs: number): void {
      const known = Math.min(acked, head.n);
      // A few milliseconds come and go with every request; writing them down would cost a commit each time.
      const settled = Math.abs(offsetMs - head.offsetMs) < 250 ? head.offsetMs : offsetMs;
      if (known === head.acked && settled === head.offsetMs) return;
      commit((from) => ({ head: { ...from, acked: known, offsetMs: settled }, value: undefined }));
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;
