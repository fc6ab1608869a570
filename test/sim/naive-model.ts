import type { LedgerEvent } from '#shared/ledger/event.ts';

/** The order of ledger.md, written a second time. */
function inOrder(events: readonly LedgerEvent[]): LedgerEvent[] {
  // The blank comes before every character of a name: LD-1 before LD-1-r27316f.
  const key = ({ hlc, terminal, n }: LedgerEvent) => `${hlc} ${terminal} ${String(n).padStart(10, '0')}`;
  return [...events].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Without what was taken back; taking something back can be taken back itself. */
function standing(sorted: readonly LedgerEvent[]): LedgerEvent[] {
  let left = [...sorted];
  for (const correction of sorted.toReversed()) {
    const target = correction.body['event'];
    if (correction.type !== 'item.undone' || !left.includes(correction)) continue;
    const before = sorted.slice(0, sorted.indexOf(correction));
    if (before.some(({ id }) => id === target))
      left = left.filter((event) => event.id !== target && event !== correction);
  }
  return left;
}

/** What can be asked of a state of the real fold, in the words of the model. */
export interface Naive {
  readonly station?: unknown;
  readonly borrower?: unknown;
  readonly onLoan?: boolean;
  readonly count?: number;
}

/**
 * What a child would say of an item or a supply: who had it last, where it is, how many are left. Knows nothing of
 * exceptions, and nothing of the code that folds. Null for what it has no opinion on.
 */
export function naiveState(subject: string, events: readonly LedgerEvent[]): Naive | null {
  const sorted = standing(inOrder(events));
  if (subject.startsWith('supply:')) {
    let count = 0;
    for (const { type, body } of sorted) {
      if (type === 'supply.taken') count -= Number(body['count']);
      if (type === 'supply.refilled') count += Number(body['count']);
    }
    return { count };
  }
  if (!subject.startsWith('item:')) return null;
  let station: unknown = null;
  let borrower: unknown = null;
  for (const { type, body } of sorted) {
    if (type === 'item.registered') station ??= body['home'];
    if (type === 'item.lent') [station, borrower] = [body['station'], body['borrower']];
    if (type === 'item.returned') [station, borrower] = [body['station'], null];
    if (type === 'item.counted' && borrower === null) station = body['station'];
    if (type === 'item.transfer-opened' && borrower === null) station = body['from'];
    if (type === 'item.marked') borrower = null;
  }
  return { station, borrower, onLoan: borrower !== null };
}
