import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import { connect, type DatabaseChoice } from '#server/store/database.ts';

/** What the server holds: its log in its own order, and the places in chains that its quarantine keeps. */
export interface OnServer {
  readonly events: readonly { readonly seq: number; readonly event: LedgerEvent }[];
  readonly aside: readonly { readonly writer: string; readonly n: number; readonly hash: string }[];
}

/** Reads the database of a server that has ended, of either kind. */
export async function readServer(choice: DatabaseChoice): Promise<OnServer> {
  const db = connect(choice, true);
  try {
    const rows = await db.selectFrom('events').select(['seq', 'json']).orderBy('seq').execute();
    const places = await db.selectFrom('quarantine').select(['writer', 'n', 'hash']).execute();
    return {
      events: rows.map(({ seq, json }) => ({ seq, event: eventSchema.parse(JSON.parse(json)) })),
      aside: places.flatMap(({ writer, n, hash }) =>
        writer === null || n === null || hash === null ? [] : [{ writer, n, hash }],
      ),
    };
  } finally {
    await db.destroy();
  }
}
