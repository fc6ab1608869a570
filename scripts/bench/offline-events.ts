import { draftLent, draftReturned } from '#electron/core/lending/drafts.ts';
import type { Ledger } from '#electron/core/ledger.ts';

const HOLDER = { id: 'ab'.repeat(32), name: '王*春' };
const DUE_MS = 3 * 86_400_000;

function dueFrom(nowMs: number): string {
  // Shanghai keeps UTC+8 all year.
  return `${new Date(nowMs + DUE_MS + 8 * 3_600_000).toISOString().slice(0, 10)}T23:59:00+08:00`;
}

/**
 * Lends all items and takes them back, again and again until so many events are written; each time all in one transaction.
 * `items` are keys like `HF-000123`.
 */
export function writeOffline(ledger: Ledger, station: string, items: readonly string[], events: number): void {
  const due = dueFrom(ledger.correctedNow());
  for (let left = events; left > 0;) {
    const lent = ledger.append(items.slice(0, left).map((item) => draftLent(item, station, HOLDER, due)));
    left -= lent.length;
    const back = lent.slice(0, left).map(({ id, hlc, subject }) => {
      const loan = {
        id,
        borrower: HOLDER.id,
        name: HOLDER.name,
        due,
        since: hlc,
        station,
        renewals: 0,
        missing: [],
        override: null,
      };
      return draftReturned(subject.slice('item:'.length), station, loan, null);
    });
    ledger.append(back);
    left -= back.length;
  }
}
