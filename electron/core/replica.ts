import { BASE, type EventStore, type WrittenEvent } from '#electron/store/event-store.ts';
import type { Head } from '#electron/store/head.ts';
import type { SnapshotHeader, SnapshotLine } from '#shared/contract/sync.ts';
import { AHEAD_MS } from '#shared/ledger/clock-reading.ts';
import { type Hlc, parseHlc, witness } from '#shared/ledger/clock.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { initialState, type SubjectState } from '#shared/ledger/fold.ts';
import type { Projector } from './projector.ts';

/** One change of the log: what it makes of the head. */
export type Change<T> = (from: Head) => { readonly head: Head; readonly value: T };

export interface ReplicaDeps {
  readonly store: EventStore;
  readonly projector: Projector;
  readonly commit: <T>(change: Change<T>) => T;
  readonly head: () => Head;
  /** The time, milliseconds since 1970. */
  readonly reading: () => number;
}

/** A page of what others wrote, with where the server's log goes on. */
export interface PulledPage {
  readonly events: readonly WrittenEvent[];
  readonly cursor: string;
}

/** The half of the ledger that follows the server: what others wrote, as the server has it. */
export function createReplica({ store, projector, commit, head, reading }: ReplicaDeps) {
  /** The later of the two, unless it is from the far future. */
  function follow(hlc: Hlc, seen: Hlc, furthest: number): Hlc {
    return seen.ms <= furthest ? witness(hlc, seen) : hlc;
  }

  /**
   * The server's version of an event takes the place of whatever has its id or its place. An own event that the server
   * has under another name stays in the chain and counts no more; one of others that loses its place is kept to be given
   * back.
   */
  function makeWay(written: WrittenEvent, writer: string): string[] {
    const subjects: string[] = [];
    for (const { event, json, held } of store.inTheWay(written.event)) {
      subjects.push(event.subject);
      if (event.terminal === writer) {
        if (!held) store.hold(event.terminal, event.n);
        continue;
      }
      store.remove(event);
      if (event.id !== written.event.id) store.addStray({ event, json });
    }
    return subjects;
  }

  function takeOne(written: WrittenEvent, from: Head): { fresh: boolean; displaced: string[] } {
    const { event, json } = written;
    // An own event stands where it was written; what the server makes of it comes with its answer to a push.
    if (event.terminal === from.writer) return { fresh: false, displaced: [] };
    if (store.insert(written, from.round)) return { fresh: true, displaced: [] };
    if (store.inTheWay(event).some((other) => other.json === json)) {
      store.saw(event.id, from.round);
      return { fresh: false, displaced: [] };
    }
    const displaced = makeWay(written, from.writer);
    if (!store.insert(written, from.round)) throw new Error(`no place for event ${event.n} of ${event.terminal}`);
    return { fresh: true, displaced };
  }

  function takeAll(events: readonly WrittenEvent[], from: Head): Hlc {
    let hlc = from.hlc;
    const furthest = reading() + AHEAD_MS;
    const fresh: LedgerEvent[] = [];
    const displaced = new Set<string>();
    let strays = store.hasStrays();
    for (const written of events) {
      const taken = takeOne(written, from);
      if (taken.displaced.length > 0) {
        displaced.add(written.event.subject);
        strays = true;
      }
      for (const subject of taken.displaced) displaced.add(subject);
      if (!taken.fresh) continue;
      if (strays) store.dropStray(written.event.id);
      fresh.push(written.event);
      hlc = follow(hlc, parseHlc(written.event.hlc), furthest);
    }
    for (const subject of displaced) projector.refold(subject);
    projector.add(fresh.filter((event) => !displaced.has(event.subject)));
    return hlc;
  }

  return {
    /** A page of other replicas' events, together with the cursor behind it. */
    takeIn({ events, cursor }: PulledPage): void {
      commit((from) => {
        const hlc = takeAll(events, from);
        return { head: { ...from, hlc, cursor }, value: undefined };
      });
    },

    /** Everything of the server is here. Whoever has gone through the whole of its log has every subject's history. */
    caughtUp(): void {
      const subjects = head().fromStart ? store.subjectsWithHoles() : [];
      if (subjects.length === 0) return;
      commit((from) => {
        for (const subject of subjects) projector.refoldWhole(subject);
        return { head: from, value: undefined };
      });
    },

    /** Whether there is nothing here yet, so that a snapshot is the quicker start. */
    isNew: (): boolean => head().cursor === '' && head().snapshot === null && store.isEmpty(),

    /** A page of the server's snapshot. The last one sets the cursor from which to pull. */
    takeSnapshot(lines: readonly SnapshotLine[], header: SnapshotHeader): void {
      commit((from) => {
        let { hlc } = from;
        const furthest = reading() + AHEAD_MS;
        for (const { subject, state, ...key } of lines) {
          const start = initialState(subject);
          // A newer server may fold kinds, or fold them to a state, that this version does not know.
          if (start === null || start.kind !== state.kind) continue;
          hlc = follow(hlc, parseHlc(key.hlc), furthest);
          if (store.subject(subject) !== null) store.setBase(subject, BASE.incomplete);
          // A server of the same version made it with the same fold.
          else store.saveSubject(subject, { state: state as unknown as SubjectState, key, base: BASE.snapshot });
        }
        // What came while the pages were read is pulled again: the cursor is the one of the first page.
        const cursor = from.snapshot?.cursor ?? header.cursor;
        const next = header.more
          ? { snapshot: { cursor, last: header.last } }
          : { snapshot: null, cursor, fromStart: cursor === '' };
        return { head: { ...from, hlc, ...next }, value: undefined };
      });
    },

    /** A subject whose history must be fetched, or null. */
    incomplete: (): string | null => store.incompleteSubject(),

    /** A page of a subject's history; with the last one the subject is folded anew. */
    takeHistory(subject: string, events: readonly WrittenEvent[], more: boolean): void {
      commit((from) => {
        const others = new Set<string>();
        for (const written of events) {
          if (written.event.subject !== subject) continue;
          for (const displaced of takeOne(written, from).displaced) others.add(displaced);
        }
        others.delete(subject);
        for (const other of others) projector.refold(other);
        if (!more) projector.refoldWhole(subject);
        return { head: from, value: undefined };
      });
    },

    /** Whether this round's log was gone through, and what the server lacks of it has yet to go back. */
    owesTheServer: (): boolean => head().gave < head().round,

    /** The next events that the server seems to lack; empty when there are no more. */
    lackedByServer(limit: number): string[] {
      const { round, writer } = head();
      return [...store.strays(limit), ...store.unseen(round, writer, limit)].slice(0, limit);
    },

    /** These are with the server again. */
    gaveBack(ids: readonly string[]): void {
      commit((from) => {
        for (const id of ids) {
          store.dropStray(id);
          store.saw(id, from.round);
        }
        return { head: from, value: undefined };
      });
    },

    /** All of this round went back. */
    settledRound(): void {
      commit((from) => ({ head: { ...from, gave: from.round }, value: undefined }));
    },
  };
}
