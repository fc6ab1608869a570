import type { SupplyState } from '../ledger/fold-supply.ts';

/** Whether somebody should refill: the count has come down to the low mark. */
export function isLow({ count, low }: SupplyState): boolean {
  return low !== null && count <= low;
}
