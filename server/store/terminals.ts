import { sha256Text } from '#shared/ledger/chain.ts';
import type { ServerDatabase } from './database.ts';

export interface KnownTerminal {
  readonly id: string;
  readonly station: string;
}

/** A terminal's last word is written down at most this often. */
const HEARD_STEP_MS = 5000;

/** The terminals that may sync, known by the hash of their token. */
export function createTerminals({ db }: ServerDatabase, now: () => number) {
  return {
    /** Makes a terminal known, or gives a known one a new token; the chains of its writers go on where they stood. */
    async register(terminal: KnownTerminal, token: string): Promise<void> {
      const token_hash = sha256Text(token);
      await db
        .insertInto('terminals')
        .values({ ...terminal, token_hash, heard_ms: null })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ station: terminal.station, token_hash }))
        .execute();
    },

    /**
     * The terminal whose token this is, or null. The look-up is by hash: how long it takes says nothing about the token.
     */
    async byToken(token: string): Promise<KnownTerminal | null> {
      const row = await db
        .selectFrom('terminals')
        .select(['id', 'station'])
        .where('token_hash', '=', sha256Text(token))
        .executeTakeFirst();
      return row ?? null;
    },

    /** Whether a device of this name may still sync. */
    async isActive(id: string): Promise<boolean> {
      const row = await db.selectFrom('terminals').select('id').where('id', '=', id).executeTakeFirst();
      return row !== undefined;
    },

    /** Notes that a terminal is alive; not at every request, for each note is a commit. */
    async heard(id: string): Promise<void> {
      await db
        .updateTable('terminals')
        .set({ heard_ms: now() })
        .where('id', '=', id)
        .where((eb) => eb.or([eb('heard_ms', 'is', null), eb('heard_ms', '<', now() - HEARD_STEP_MS)]))
        .execute();
    },
  };
}

export type Terminals = ReturnType<typeof createTerminals>;
