import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { KnownTerminal } from '../store/terminals.ts';

/** Whether a terminal may pull an event and lacks it: in its scope, and not written by itself. */
export function isNewsFor(terminal: KnownTerminal, event: LedgerEvent): boolean {
  if (event.terminal === terminal.id) return false;
  return event.scope === 'community' || (event.scope === 'station' && event.station === terminal.station);
}
