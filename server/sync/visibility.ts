import { audienceOf } from '#shared/ledger/event-rules.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { deviceOf } from '#shared/ledger/writer.ts';
import type { KnownTerminal } from '../store/terminals.ts';

/** The audiences (event-rules.ts) that a terminal belongs to. */
export function audiencesOf(terminal: KnownTerminal): string[] {
  return ['*', terminal.station];
}

/** Whether an event is news for a terminal: in its scope, and not written by itself. */
export function isNewsFor(terminal: KnownTerminal, event: LedgerEvent): boolean {
  return deviceOf(event.terminal) !== terminal.id && audiencesOf(terminal).includes(audienceOf(event));
}
