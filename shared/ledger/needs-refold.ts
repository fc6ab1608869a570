import { type LedgerEvent, subjectKind } from './event.ts';
import { readBody } from './upcast.ts';

/** The id an event undoes, or null where it is no correction that can be read. */
function undoneBy(event: LedgerEvent): string | null {
  // Nearly all events are something else: their bodies need not be read for this.
  if (event.type !== `${subjectKind(event.subject)}.undone`) return null;
  const read = readBody(event);
  if (typeof read === 'string') return null;
  switch (read.type) {
    case 'item.undone':
    case 'supply.undone':
    case 'stocktake.undone':
      return read.body.event;
    default:
      return null;
  }
}

/**
 * Whether an event changes what earlier ones mean: then its subject must be folded from the whole history, a step on
 * top of the state is not enough.
 */
export function needsRefold(event: LedgerEvent): boolean {
  return undoneBy(event) !== null;
}

/**
 * The events of one subject, in order, without those that a later one undoes and without the corrections that did so. A
 * correction that is undone itself has no effect, so what it named is back.
 */
export function withoutUndone(sorted: readonly LedgerEvent[]): readonly LedgerEvent[] {
  if (!sorted.some(needsRefold)) return sorted;
  const known = new Map(sorted.map((event, index) => [event.id, index]));
  const gone = new Set<string>();
  for (const [index, event] of [...sorted.entries()].toReversed()) {
    if (gone.has(event.id)) continue;
    const target = undoneBy(event);
    if (target === null || (known.get(target) ?? index) >= index) continue;
    gone.add(target);
    gone.add(event.id);
  }
  return sorted.filter(({ id }) => !gone.has(id));
}
