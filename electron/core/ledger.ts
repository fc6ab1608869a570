import type { EventStore, WrittenEvent } from '#electron/store/event-store.ts';
import type { Head } from '#electron/store/head.ts';
import { canonicalJson, CHAIN_EMPTY, sha256Text } from '#shared/ledger/chain.ts';
import { type Anchor, type Clocks, readClock, type Reading } from '#shared/ledger/clock-reading.ts';
import { formatHlc, tick } from '#shared/ledger/clock.ts';
import { type EventDraft, eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import { renewWriter } from '#shared/ledger/writer.ts';
import { createProjector } from './projector.ts';
import { type Change, createReplica } from './replica.ts';

export interface LedgerDeps {
  readonly store: EventStore;
  /** The station's code, written into every event. */
  readonly station: string;
  /** Wall clock, milliseconds since 1970, uncorrected. */
  readonly now: () => number;
  /** Milliseconds that only ever go forward. */
  readonly monotonic: () => number;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
}

/**
 * The terminal's ledger: appends own events, takes in those of others, keeps the projection. Each call is one SQLite
 * transaction; when it returns, its outcome is on the disk and may be shown.
 */
export function createLedger({ store, station, now, monotonic, newId }: LedgerDeps) {
  let head = store.head.read();
  let anchor: Anchor | null = head.hlc.ms === 0 ? null : { at: head.hlc.ms, monotonic: monotonic(), confirmed: false };
  const projector = createProjector(store);
  const listeners = new Set<() => void>();

  function clocks(): Clocks {
    return { wall: now(), monotonic: monotonic() };
  }

  function reading(from: Head): Reading & { readonly wall: number } {
    const read = clocks();
    return { ...readClock(read, from.offsetMs, from.hlc, anchor), wall: read.wall };
  }

  function write(event: LedgerEvent, from: Head, hlc: Head['hlc']): WrittenEvent & { readonly head: Head } {
    const json = canonicalJson(event);
    return { event, json, head: { ...from, n: event.n, hash: sha256Text(json), hlc } };
  }

  function build(draft: EventDraft, from: Head): WrittenEvent & { readonly head: Head } {
    const { ms, doubted, wall } = reading(from);
    const hlc = tick(from.hlc, ms);
    const event: LedgerEvent = {
      id: newId(),
      terminal: from.writer,
      n: from.n + 1,
      prev: from.hash,
      hlc: formatHlc(hlc, from.writer),
      wall,
      clock: doubted ? 'doubted' : 'trusted',
      station,
      ...draft,
    };
    return write(event, from, hlc);
  }

  function insertOwn(written: WrittenEvent, round: number): void {
    if (!store.insert(written, round)) throw new Error(`event ${written.event.n} is there already`);
  }

  /** Memory follows the disk: `head` and the listeners change only after the commit. */
  function commit<T>(change: Change<T>): T {
    const result = store.transaction(() => {
      const done = change(head);
      store.head.write(done.head);
      return done;
    });
    head = result.head;
    for (const listener of listeners) listener();
    return result.value;
  }

  if (store.head.isOfAnotherFold()) {
    commit((from) => {
      projector.refoldAll();
      return { head: from, value: undefined };
    });
  }

  return {
    ...createReplica({ store, projector, commit, head: () => head, reading: () => reading(head).ms }),

    /** The time, as an event written now would have it. */
    correctedNow: (): number => reading(head).ms,

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
          const written = build(draft, next);
          insertOwn(written, from.round);
          events.push(written.event);
          next = written.head;
        }
        projector.add(events);
        return { head: next, value: events };
      });
    },

    /** Own events the server does not hold yet, in order, each in canonical JSON. */
    unsent: (limit: number): string[] => store.chainAfter(head.writer, head.acked, limit),

    /** The server's clock, `serverMs`, was read `agoMs` ago on the monotonic clock. */
    clockHeard(serverMs: number, agoMs: number): void {
      const { wall, monotonic: at } = clocks();
      anchor = { at: serverMs + agoMs, monotonic: at, confirmed: true };
      const offsetMs = Math.round(anchor.at - wall);
      // A few milliseconds come and go with every request; writing them down would cost a commit each time.
      if (Math.abs(offsetMs - head.offsetMs) < 250) return;
      commit((from) => ({ head: { ...from, offsetMs }, value: undefined }));
    },

    /**
     * The server holds own events up to n, of which it has set those in `held` aside: they stay in the chain and are not
     * folded.
     */
    acknowledge(acked: number, held: readonly number[]): void {
      const known = Math.min(acked, head.n);
      if (known === head.acked && held.length === 0) return;
      commit((from) => {
        const subjects = held.map((n) => store.hold(from.writer, n)).filter((subject) => subject !== null);
        // What was set aside before, and is taken now: a server that was put back may see it with other eyes.
        for (const event of store.heldBetween(from.writer, from.acked, known)) {
          if (held.includes(event.n)) continue;
          store.letGo(from.writer, event);
          subjects.push(event.subject);
        }
        for (const subject of new Set(subjects)) projector.refold(subject);
        return { head: { ...from, acked: known }, value: undefined };
      });
    },

    /**
     * The server's log and this one differ from own event `at` on: another replica has written under this name. What is
     * from there on is written anew under a new name, with the ids that other events refer to. What the other has written
     * under the old name lies behind the cursor: no page was taken in while the server held an own event that is not here.
     */
    renewWriter(at: number): void {
      commit((from) => {
        const writer = renewWriter(from.writer, newId());
        const own = store.chainAfter(from.writer, at - 1, from.n).map((json) => eventSchema.parse(JSON.parse(json)));
        let next: Head = { ...from, writer, ...CHAIN_EMPTY, acked: 0 };
        for (const event of own) {
          store.remove(event);
          // The server has it already, under another name.
          if (store.inTheWay(event).some(({ event: other }) => other.id === event.id)) continue;
          const hlc = event.hlc.replace(/[^.]*$/, writer);
          const written = write({ ...event, terminal: writer, n: next.n + 1, prev: next.hash, hlc }, next, next.hlc);
          insertOwn(written, from.round);
          next = written.head;
        }
        for (const subject of new Set(own.map((event) => event.subject))) projector.refold(subject);
        return { head: next, value: undefined };
      });
    },

    /**
     * The server's log is another one than before (it was put back from a backup), and holds `acked` of the own events:
     * all of it is gone through again, and what it lacks goes back to it.
     */
    beginEpoch(epoch: string, acked: number): void {
      commit((from) => {
        const first = from.epoch === '';
        const round = first ? from.round : from.round + 1;
        const known = Math.min(acked, from.n);
        return {
          head: { ...from, epoch, acked: known, cursor: '', fromStart: true, snapshot: null, round },
          value: undefined,
        };
      });
    },

    /** The hash of an own event, or null where there is none at n; the start of the chain for 0. */
    ownHash(n: number): string | null {
      if (n === 0) return CHAIN_EMPTY.hash;
      if (n === head.n) return head.hash;
      const json = store.chainAt(head.writer, n);
      return json === null ? null : sha256Text(json);
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;
