import type { PullResponse } from '#shared/contract/sync.ts';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { KnownTerminal } from '../store/terminals.ts';

/** JSON characters of events in one page; the first event always fits. */
const PAGE_CHARACTERS = 400_000;

/** What a terminal may see after its cursor, in the server's order, without what it wrote itself. */
export async function pullPage(
  { db }: ServerDatabase,
  terminal: KnownTerminal,
  after: number,
  limit: number,
  now: number,
): Promise<PullResponse> {
  const newest = await db
    .selectFrom('events')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst();
  const last = Number(newest?.seq ?? 0);
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'json'])
    .where('seq', '>', after)
    .where('seq', '<=', last)
    .where('terminal', '!=', terminal.id)
    .where((eb) =>
      eb.or([
        eb('scope', '=', 'community'),
        eb.and([eb('scope', '=', 'station'), eb('station', '=', terminal.station)]),
      ]),
    )
    .orderBy('seq')
    .limit(limit + 1)
    .execute();

  const events: LedgerEvent[] = [];
  let cursor = after;
  let characters = 0;
  for (const { seq, json } of rows) {
    characters += json.length;
    if (events.length === limit || (events.length > 0 && characters > PAGE_CHARACTERS)) {
      return { events, cursor, more: true, serverTime: now };
    }
    events.push(eventSchema.parse(JSON.parse(json)));
    cursor = seq;
  }
  // Nothing visible lies behind: the cursor steps over what this terminal may not see.
  return { events, cursor: Math.max(after, last), more: false, serverTime: now };
}
