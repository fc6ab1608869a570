import { BASE, type EventStore } from '#electron/store/event-store.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { applyEvent, fold, initialState } from '#shared/ledger/fold.ts';
import { needsRefold } from '#shared/ledger/needs-refold.ts';
import { compareEvents } from '#shared/ledger/order.ts';

/** Keeps the states of subjects in step with the log. Every call belongs in the transaction that changes the log. */
export function createProjector(store: EventStore) {
  /** Folds a subject anew; where its history is not all here, notes that it must be fetched. */
  function refold(subject: string): void {
    const before = store.subject(subject);
    if (before !== null && before.base !== BASE.whole) return store.setBase(subject, BASE.incomplete);
    refoldWhole(subject);
  }

  /** The same where the whole history is known to be here. */
  function refoldWhole(subject: string): void {
    const events = store.eventsOf(subject).sort(compareEvents);
    const last = events.at(-1);
    const state = fold(subject, events);
    if (last === undefined || state === null) store.dropSubject(subject);
    else store.saveSubject(subject, { state, key: last, base: BASE.whole });
  }

  /** New events of one subject, which are in the log by now. */
  function addToSubject(subject: string, news: readonly LedgerEvent[]): void {
    const start = initialState(subject);
    if (start === null) return;
    const before = store.subject(subject);
    const sorted = news.length === 1 ? news : news.toSorted(compareEvents);
    const [first] = sorted;
    const last = sorted.at(-1);
    if (first === undefined || last === undefined) return;
    if ((before !== null && compareEvents(first, before.key) <= 0) || sorted.some(needsRefold)) return refold(subject);
    const state = sorted.reduce(applyEvent, before?.state ?? start);
    store.saveSubject(subject, { state, key: last, base: before?.base ?? BASE.whole });
  }

  /** Every state anew, by this version's fold. Where the history is not all here it begins from nothing and is fetched. */
  function refoldAll(): void {
    for (const subject of store.allSubjects()) {
      const before = store.subject(subject);
      const start = initialState(subject);
      if (before === null || before.base === BASE.whole) refoldWhole(subject);
      else if (start === null) store.dropSubject(subject);
      else store.saveSubject(subject, { state: start, key: before.key, base: BASE.incomplete });
    }
  }

  return {
    refold,
    refoldWhole,
    refoldAll,

    add(events: readonly LedgerEvent[]): void {
      for (const [subject, news] of Map.groupBy(events, (event) => event.subject)) addToSubject(subject, news);
    },
  };
}

export type Projector = ReturnType<typeof createProjector>;
