import type { EventDraft } from '#shared/ledger/event.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { BEGINNING } from './clocks.ts';

const DUE = new Date(BEGINNING + 3 * 86_400_000).toISOString();

/** What a person at a station does, as the event that says so. */
export function draft(
  step: { readonly kind: string; readonly item: number; readonly borrower?: number },
  station: string,
): EventDraft {
  const base = { v: 1, actor: { kind: 'staff', id: station } } as const;
  const item = { ...base, subject: `item:${itemKey(step.item)}`, scope: 'community' } as const;
  const supply = { ...base, subject: `supply:${station}/cup`, scope: 'station' } as const;
  switch (step.kind) {
    case 'lend': {
      const borrower = String(step.borrower ?? 1).padStart(64, '0');
      return { ...item, type: 'item.lent', body: { borrower, name: '王*', due: DUE, station } };
    }
    case 'return':
      return { ...item, type: 'item.returned', body: { station, loan: null } };
    case 'register':
      return { ...item, type: 'item.registered', body: { type: 'umbrella', home: station } };
    case 'renew':
      return { ...item, type: 'item.renewed', body: { loan: 'whatever it was', due: DUE } };
    case 'count':
      return { ...item, type: 'item.counted', body: { station, stocktake: 'one' } };
    case 'lose':
      return { ...item, type: 'item.marked', body: { as: 'lost' } };
    case 'move':
      return { ...item, type: 'item.transfer-opened', body: { from: station, to: 'LD' } };
    case 'take':
      return { ...supply, type: 'supply.taken', body: { count: step.item } };
    case 'refill':
      return { ...supply, type: 'supply.refilled', body: { count: step.item } };
    default:
      return { ...supply, subject: `note:${station}/${step.item}`, type: 'note.written', body: {} };
  }
}

/** A correction: the named event of an item did not happen. */
export function draftUndone(item: number, event: string, station: string): EventDraft {
  return { ...draft({ kind: 'return', item }, station), type: 'item.undone', body: { event, reason: 'by mistake' } };
}
