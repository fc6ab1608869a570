import { sql } from 'kysely';
import type { PullResponse } from '#shared/contract/sync.ts';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { KnownTerminal } from '../store/terminals.ts';

/** Bytes of events in one page; the first event always fits. */
const PAGE_BYTES = 512 * 1024;

/** How many of these sizes fit one page. */
function fitting(sizes: readonly { readonly bytes: number }[], limit: number): number {
  let total = 0;
  const full = sizes.findIndex(({ bytes }) => {
    total += bytes;
    return total > PAGE_BYTES;
  });
  return Math.min(limit, full === -1 ? sizes.length : Math.max(1, full));
}

/**
 * What a terminal may see after its cursor, in the server's order, without what it wrote itself (the same rule as
 * `isNewsFor`, in SQL). Sizes are looked at first, so that no more than a page is ever in memory.
 */
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
  const last = newest?.seq ?? 0;
  const sizes = await db
    .selectFrom('events')
    .select(['seq', sql<number>`octet_length(json)`.as('bytes')])
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

  const page = sizes.slice(0, fitting(sizes, limit)).map(({ seq }) => seq);
  const rows =
    page.length === 0
      ? []
      : await db.selectFrom('events').select('json').where('seq', 'in', page).orderBy('seq').execute();
  const events: LedgerEvent[] = rows.map(({ json }) => eventSchema.parse(JSON.parse(json)));
  const more = sizes.length > page.length;
  // Where nothing visible lies behind, the cursor steps over what this terminal may not see. It goes back where the
  // server has come out of an older backup: what is pulled twice is taken in once.
  return { events, cursor: more ? (page.at(-1) ?? after) : last, more, serverTime: now };
}
