import { createHash } from 'node:crypto';
import { canonicalJson, CHAIN_START } from '#shared/ledger/chain.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { compareEvents } from '#shared/ledger/order.ts';

/** SHA-256, hex; the same as sha256Text of chain.ts, at the speed of the machine. */
export function hashOf(json: string): string {
  return createHash('sha256').update(json).digest('hex');
}

/** The end of a chain under a writer's name. */
export interface WriterHead {
  readonly writer: string;
  readonly n: number;
  readonly hash: string;
}

export interface SalvageInput {
  /** The end of the own chain in the database that takes the damaged one's place. */
  readonly head: WriterHead;
  /** What the damaged database says its head was, where that can be read and nothing was committed after it. */
  readonly claim: WriterHead | null;
  /** Whether an event is in the new database already. */
  readonly has: (id: string) => boolean;
  /** Own events that can still be read, under any of the own names; in any order, repeated, and not all of them true. */
  readonly readable: Iterable<LedgerEvent>;
}

export interface SalvagePlan {
  /** The next links of the chain, one after another: they go in as they are. */
  readonly links: readonly LedgerEvent[];
  /** Behind a gap, or under an earlier name: they are written anew at the end of the chain, under their ids. */
  readonly loose: readonly LedgerEvent[];
  /** Whether the chain is as long as it is known to have been. */
  readonly complete: boolean;
}

interface Candidate {
  readonly event: LedgerEvent;
  readonly hash: string;
}

function placeOf(writer: string, n: number): string {
  return `${writer} ${n}`;
}

/**
 * Sorts what could be read of a damaged log. Each place of a chain is filled by the event that the next one, or the
 * claimed head, names by its hash; one that nobody names is taken only where there is no other.
 */
export function planSalvage({ head, claim, has, readable }: SalvageInput): SalvagePlan {
  const places = new Map<string, Candidate[]>();
  const named = new Set(claim === null ? [] : [claim.hash]);
  const seen = new Set<string>();
  for (const event of readable) {
    const hash = hashOf(canonicalJson(event));
    if (seen.has(hash)) continue;
    seen.add(hash);
    named.add(event.prev);
    // Behind the claimed head lies only what was never committed.
    if (event.terminal === claim?.writer && event.n > claim.n) continue;
    const place = placeOf(event.terminal, event.n);
    places.set(place, [...(places.get(place) ?? []), { event, hash }]);
  }

  function best(candidates: readonly Candidate[]): Candidate | undefined {
    return candidates.find(({ hash }) => named.has(hash)) ?? candidates[0];
  }

  const links: LedgerEvent[] = [];
  let { n, hash } = head;
  for (;;) {
    const fitting = (places.get(placeOf(head.writer, n + 1)) ?? []).filter(({ event }) => event.prev === hash);
    const next = best(fitting.filter(({ event }) => !has(event.id)));
    if (next === undefined) break;
    links.push(next.event);
    ({ n } = next.event);
    ({ hash } = next);
  }

  const placed = new Set(links.map(({ id }) => id));
  const loose: LedgerEvent[] = [];
  for (const candidates of places.values()) {
    const event = best(candidates)?.event;
    if (event === undefined || placed.has(event.id) || has(event.id)) continue;
    // Another one has this place: this was a write that came to nothing.
    if (event.terminal === head.writer && event.n <= n) continue;
    placed.add(event.id);
    loose.push(event);
  }
  const complete = claim !== null && claim.writer === head.writer && claim.n === n && claim.hash === hash;
  return { links, loose: loose.sort(compareEvents), complete };
}

/** Under which of the own names to go on where no database says it: the one that wrote last. */
export function latestWriter(events: Iterable<LedgerEvent>, device: string): string {
  let latest: LedgerEvent | null = null;
  for (const event of events) if (latest === null || compareEvents(event, latest) > 0) latest = event;
  return latest?.terminal ?? device;
}

/** The end of the chain before its first link. */
export function emptyHead(writer: string): WriterHead {
  return { writer, n: 0, hash: CHAIN_START };
}
