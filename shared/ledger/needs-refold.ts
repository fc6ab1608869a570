import type { LedgerEvent } from './event.ts';

/** Whether an event changes what is past, so that its subject must be folded from the start. None does so far. */
export function needsRefold(_event: LedgerEvent): boolean {
  return false;
}
