import { compareText } from '../compare-text.ts';
import type { StocktakeScan, StocktakeState } from '../ledger/fold-stocktake.ts';
import type { ItemState } from '../ledger/item-state.ts';
import type { KeyedItem } from './merged.ts';

export type StocktakeList = 'present' | 'belongs-elsewhere' | 'missing' | 'unknown-code' | 'should-not-be-here';

/** The five lists, each with the codes that are on it, sorted. A code is on one list. */
export type StocktakeLists = Readonly<Record<StocktakeList, readonly string[]>>;

/** Statuses that a scan ends, since what is seen is found: that it had no business here is in `was` alone. */
const GONE: ReadonlySet<string> = new Set(['lost', 'retired']);

/**
 * Where a scanned code belongs. `was` is the item's status before the scan, `item` its state as it is known now; null
 * where no registration of it is known.
 */
export function listOfScan(
  { was }: Pick<StocktakeScan, 'was'>,
  item: ItemState | null,
  station: string,
): Exclude<StocktakeList, 'missing'> {
  if (item === null || item.type === null) return 'unknown-code';
  // A kit whose parts are out stands on the shelf without them.
  if (item.loan !== null && item.loan.missing.length > 0)
    return item.home === station ? 'present' : 'belongs-elsewhere';
  if (item.loan !== null || (was !== null && GONE.has(was))) return 'should-not-be-here';
  return item.home === station ? 'present' : 'belongs-elsewhere';
}

/** Whether a code was scanned before in this stocktake. */
export function isRepeatedScan({ scans }: StocktakeState, code: string): boolean {
  return scans.some((scan) => scan.code === code);
}

/** The lists of a stocktake as they stand: computed from the ledger, so it can be interrupted, also offline. */
export function stocktakeLists(stocktake: StocktakeState, items: readonly KeyedItem[]): StocktakeLists {
  const { station, scans } = stocktake;
  const states = new Map(items.map(({ key, state }) => [key, state]));
  const lists: Record<StocktakeList, string[]> = {
    present: [],
    'belongs-elsewhere': [],
    missing: [],
    'unknown-code': [],
    'should-not-be-here': [],
  };
  if (station === null) return lists;
  for (const scan of scans) {
    const item = scan.item === null ? null : (states.get(scan.item) ?? null);
    lists[listOfScan(scan, item, station)].push(scan.code);
  }
  const seen = new Set(scans.map(({ item }) => item));
  for (const { key, state } of items) {
    const expected = state.status === 'in-stock' || state.status === 'set-aside' || state.status === 'damaged';
    if (expected && state.type !== null && state.station === station && !seen.has(key)) lists.missing.push(key);
  }
  for (const list of Object.values(lists)) list.sort(compareText);
  return lists;
}
