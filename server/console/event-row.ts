import { z } from 'zod';
import type { EventRow } from '#shared/contract/console.ts';
import { parseHlc } from '#shared/ledger/clock.ts';
import { stationCodeSchema } from '#shared/ledger/event.ts';
import type { StoredEvent } from '../store/insert-events.ts';

const named = z.object({ name: z.string() });
const placed = z.object({ station: stationCodeSchema });

/** An event as the console lists it. A name in a body is masked already where the ledger has it. */
export function eventRow({ seq, receivedMs, event }: StoredEvent): EventRow {
  const { id, terminal, station, subject, type, hlc } = event;
  const body = named.safeParse(event.body);
  const place = placed.safeParse(event.body);
  return {
    seq,
    id,
    terminal,
    // What the server writes for a station names it in its body.
    station: station ?? (place.success ? place.data.station : null),
    subject,
    type,
    name: body.success ? body.data.name : null,
    atMs: parseHlc(hlc).ms,
    receivedMs,
  };
}
