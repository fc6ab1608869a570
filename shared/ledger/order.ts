import type { LedgerEvent } from './event.ts';

/** What the order of events hangs on. */
export type EventKey = Pick<LedgerEvent, 'hlc' | 'terminal' | 'n'>;

/**
 * The order (hlc, terminal, n) in which every replica folds, whatever order events arrived in. Texts are compared by
 * code unit: a locale's order may differ from one machine to the next.
 */
export function compareEvents(a: EventKey, b: EventKey): number {
  if (a.hlc !== b.hlc) return a.hlc < b.hlc ? -1 : 1;
  if (a.terminal !== b.terminal) return a.terminal < b.terminal ? -1 : 1;
  return a.n - b.n;
}
