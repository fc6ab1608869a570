import { hashEvent } from '#shared/ledger/chain.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { ShownOutcome } from './kiosk-load.ts';
import type { OnServer } from './server-log.ts';

export interface Loss {
  readonly what: 'not-recorded' | 'not-on-server' | 'twice' | 'changed' | 'not-pulled' | 'seq';
  readonly about: string;
}

/**
 * Per item, what was shown must be a subsequence of what is recorded: more may be recorded than was still shown when the
 * kill came.
 */
export function lostOutcomes(shown: readonly ShownOutcome[], recorded: readonly LedgerEvent[]): Loss[] {
  const lost: Loss[] = [];
  const bySubject = Map.groupBy(recorded, ({ subject }) => subject);
  for (const [item, outcomes] of Map.groupBy(shown, ({ item: key }) => key)) {
    const own = (bySubject.get(`item:${item}`) ?? []).toSorted((a, b) => a.n - b.n);
    let next = 0;
    for (const { type } of outcomes) {
      let at = next;
      while (at < own.length && own[at]?.type !== type) at += 1;
      if (at < own.length) next = at + 1;
      else lost.push({ what: 'not-recorded', about: `${item} ${type}` });
    }
  }
  return lost;
}

/** Each event that was acknowledged is in the server's log or keeps its place in quarantine: unchanged, exactly once. */
export function lostEvents(acknowledged: readonly LedgerEvent[], { events, aside }: OnServer): Loss[] {
  const place = (writer: string, n: number) => `${writer} ${n}`;
  const held = Map.groupBy(
    [
      ...events.map(({ event }) => ({ at: place(event.terminal, event.n), hash: hashEvent(event) })),
      ...aside.map(({ writer, n, hash }) => ({ at: place(writer, n), hash })),
    ],
    ({ at }) => at,
  );
  return acknowledged.flatMap((event): Loss[] => {
    const about = place(event.terminal, event.n);
    const [first, second] = held.get(about) ?? [];
    if (first === undefined) return [{ what: 'not-on-server', about }];
    if (second !== undefined) return [{ what: 'twice', about }];
    return first.hash === hashEvent(event) ? [] : [{ what: 'changed', about }];
  });
}

/** Whatever is wrong with the server's log itself: an id in it twice, a gap in its order. */
export function faultsOfLog({ events }: Pick<OnServer, 'events'>): Loss[] {
  const ids = new Set<string>();
  return events.flatMap(({ seq, event }, index): Loss[] => {
    const twice = ids.has(event.id);
    ids.add(event.id);
    return [
      ...(twice ? [{ what: 'twice' as const, about: event.id }] : []),
      ...(seq === index + 1 ? [] : [{ what: 'seq' as const, about: `${seq} at place ${index + 1}` }]),
    ];
  });
}
