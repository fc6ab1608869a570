import { z } from 'zod';
import type { EventRow } from '#shared/contract/console.ts';
import { parseHlc } from '#shared/ledger/clock.ts';
import type { StoredEvent } from '../store/insert-events.ts';

const named = z.object({ name: z.string() });

/** An event as the console lists it. A name in a body is masked already where the ledger has it. */
export function eventRow({ seq, receivedMs, event }: StoredEvent): EventRow {
  const { id, terminal, station, subject, type, hlc } = event;
  const body = named.safeParse(event.body);
  return {
    seq,
    id,
    terminal,
    station,
    subject,
    type,
    name: body.success ? body.data.name : null,
    atMs: parseHlc(hlc).ms,
    receivedMs,
  };
}
