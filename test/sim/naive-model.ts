import type { LedgerEvent } from '#shared/ledger/event.ts';

/** The order of ledger.md, written a second time. */
function inOrder(events: readonly LedgerEvent[]): LedgerEvent[] {
  const key = ({ hlc, terminal, n }: LedgerEvent) => `${hlc}|${terminal}|${String(n).padStart(10, '0')}`;
  return [...events].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * What a child would say of an item or a supply: who had it last, where it is, how many are left. Knows nothing of
 * exceptions, and nothing of the code that folds. Null for what it has no opinion on.
 */
export function naiveState(subject: string, events: readonly LedgerEvent[]): Record<string, unknown> | null {
  const sorted = inOrder(events);
  if (subject.startsWith('supply:')) {
    let count = 0;
    for (const { type, body } of sorted) if (type === 'supply.taken') count -= Number(body['count']);
    return { count };
  }
  if (!subject.startsWith('item:')) return null;
  let station: unknown = null;
  let borrower: unknown = null;
  for (const { type, body } of sorted) {
    if (type === 'item.registered') station ??= body['home'];
    if (type === 'item.lent') [station, borrower] = [body['station'], body['borrower']];
    if (type === 'item.returned') [station, borrower] = [body['station'], null];
  }
  return { station, borrower, status: borrower === null ? 'in-stock' : 'on-loan' };
}
