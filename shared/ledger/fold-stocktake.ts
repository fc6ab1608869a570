import type { LedgerEvent } from './event.ts';
import { readBody } from './upcast.ts';

/** One code that a stocktake saw. */
export interface StocktakeScan {
  /** The item's key, or what the scanner read where it is no item of ours. */
  readonly code: string;
  readonly item: string | null;
  /** The item's status before the first scan of it. */
  readonly was: string | null;
  readonly times: number;
}

/** A count of one station's shelf: `stocktake:LD/2026-11-23`. It is all in the ledger, so it can stop and go on. */
export interface StocktakeState {
  readonly kind: 'stocktake';
  readonly station: string | null;
  readonly closed: boolean;
  /** In the order of the first scan. */
  readonly scans: readonly StocktakeScan[];
}

export const STOCKTAKE_UNKNOWN: StocktakeState = { kind: 'stocktake', station: null, closed: false, scans: [] };

/** More than any gatehouse holds. */
const MOST_SCANS = 2000;

export function foldStocktake(state: StocktakeState, event: LedgerEvent): StocktakeState {
  const read = readBody(event);
  if (typeof read === 'string') return state;
  switch (read.type) {
    case 'stocktake.opened':
      return { ...state, station: read.body.station, closed: false };
    case 'stocktake.scanned': {
      const { text, item, was } = read.body;
      const code = item ?? text;
      const again = state.scans.some((scan) => scan.code === code && scan.item === item);
      const scans = again
        ? state.scans.map((scan) =>
            scan.code === code && scan.item === item ? { ...scan, times: scan.times + 1 } : scan,
          )
        : [...state.scans, { code, item, was, times: 1 }].slice(0, MOST_SCANS);
      return { ...state, scans };
    }
    case 'stocktake.closed':
      return { ...state, closed: true };
    default:
      return state;
  }
}
