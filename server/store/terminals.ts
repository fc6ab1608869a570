import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sha256Text } from '#shared/ledger/chain.ts';
import type { ServerDatabase } from './database.ts';
import type { Tables } from './schema.ts';

export interface KnownTerminal {
  readonly id: string;
  readonly station: string;
}

/** A terminal's key, and what is known of both. */
export interface KnownKey extends KnownTerminal {
  readonly publicKey: string;
  /** Announced by a rotation, and not used yet. */
  readonly next: boolean;
  /** The word of revocation, where the terminal is revoked; else null. */
  readonly revoked: string | null;
}

export interface NewTerminal extends KnownTerminal {
  readonly publicKey: string;
  readonly keyid: string;
  readonly device: string;
  readonly keyStore: 'os' | 'file';
}

export interface TerminalRow extends KnownTerminal {
  readonly device: string;
  readonly keyStore: 'os' | 'file';
  /** The key in use; null where it was known before there were keys. */
  readonly keyid: string | null;
  readonly enrolledMs: number | null;
  readonly heardMs: number | null;
  readonly revokedMs: number | null;
}

/** A terminal's last word is written down at most this often. */
const HEARD_STEP_MS = 5000;

/**
 * The terminals that may sync, each known by its public key; while a key is being changed, by two. A terminal that was
 * revoked keeps its row and its key: it is to hear that it is out of service.
 */
export function createTerminals({ db, exclusive }: ServerDatabase, now: () => number) {
  const onRevoked = new Set<(id: string) => void>();

  return {
    /**
     * Makes a terminal known by this key and no other, within the caller's transaction; the chains of its writers go on
     * where they stood. Returns the hash of its word of revocation.
     */
    async register(transaction: Kysely<Tables>, terminal: NewTerminal): Promise<string> {
      const { id, station, device, keyid, publicKey, keyStore } = terminal;
      const revocation = randomBytes(32).toString('base64url');
      const row = { station, device, key_store: keyStore, enrolled_ms: now(), revoked_ms: null, revocation };
      await transaction
        .insertInto('terminals')
        .values({ id, heard_ms: null, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
      await transaction
        .deleteFrom('terminal_keys')
        .where((eb) => eb.or([eb('terminal', '=', id), eb('keyid', '=', keyid)]))
        .execute();
      await transaction
        .insertInto('terminal_keys')
        .values({ keyid, terminal: id, public_key: publicKey, made_ms: now(), next: 0 })
        .execute();
      return sha256Text(revocation);
    },

    /** The hash that `register` returned. */
    async revocationOf(transaction: Kysely<Tables>, id: string): Promise<string | null> {
      const row = await transaction
        .selectFrom('terminals')
        .select('revocation')
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : sha256Text(row.revocation);
    },

    async byKey(keyid: string): Promise<KnownKey | null> {
      const row = await db
        .selectFrom('terminal_keys')
        .innerJoin('terminals', 'terminals.id', 'terminal_keys.terminal')
        .select(['id', 'station', 'public_key', 'next', 'revoked_ms', 'revocation'])
        .where('keyid', '=', keyid)
        .executeTakeFirst();
      if (row === undefined) return null;
      const { id, station, public_key: publicKey, next, revoked_ms, revocation } = row;
      return { id, station, publicKey, next: next === 1, revoked: revoked_ms === null ? null : revocation };
    },

    /** Announces the key that is to take over; one that was announced before and never used is forgotten. */
    async announceKey(id: string, key: { readonly keyid: string; readonly publicKey: string }): Promise<void> {
      await exclusive(async (transaction) => {
        await transaction.deleteFrom('terminal_keys').where('terminal', '=', id).where('next', '=', 1).execute();
        await transaction
          .insertInto('terminal_keys')
          .values({ keyid: key.keyid, terminal: id, public_key: key.publicKey, made_ms: now(), next: 1 })
          // The key in use announced again: nothing to do.
          .onConflict((conflict) => conflict.column('keyid').doNothing())
          .execute();
      });
    },

    /** The announced key was used: it is the only one now. */
    async tookOver(id: string, keyid: string): Promise<void> {
      await exclusive(async (transaction) => {
        await transaction.deleteFrom('terminal_keys').where('terminal', '=', id).where('keyid', '!=', keyid).execute();
        await transaction.updateTable('terminal_keys').set({ next: 0 }).where('keyid', '=', keyid).execute();
      });
    },

    /** Puts a terminal out of service, from its next request on. False where there is no such terminal in service. */
    async revoke(id: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('terminals')
        .set({ revoked_ms: now() })
        .where('id', '=', id)
        .where('revoked_ms', 'is', null)
        .executeTakeFirst();
      await db.deleteFrom('enrolment_codes').where('terminal', '=', id).where('used_ms', 'is', null).execute();
      for (const listener of onRevoked) listener(id);
      return numUpdatedRows > 0n;
    },

    /** Called with the id of each terminal that is revoked by this process. Returns how to stop. */
    onRevoked(listener: (id: string) => void): () => void {
      onRevoked.add(listener);
      return () => onRevoked.delete(listener);
    },

    /** All that were ever enrolled, by id. */
    async list(): Promise<TerminalRow[]> {
      const rows = await db
        .selectFrom('terminals')
        .leftJoin('terminal_keys', (join) =>
          join.onRef('terminal_keys.terminal', '=', 'terminals.id').on('terminal_keys.next', '=', 0),
        )
        .select(['id', 'station', 'device', 'key_store', 'keyid', 'enrolled_ms', 'heard_ms', 'revoked_ms'])
        .orderBy('id')
        .execute();
      return rows.map(({ key_store, enrolled_ms, heard_ms, revoked_ms, ...row }) => ({
        ...row,
        keyStore: key_store === 'os' ? 'os' : 'file',
        enrolledMs: enrolled_ms,
        heardMs: heard_ms,
        revokedMs: revoked_ms,
      }));
    },

    /** Whether a device of this name may still sync. */
    async isActive(id: string): Promise<boolean> {
      const row = await db
        .selectFrom('terminals')
        .select('id')
        .where('id', '=', id)
        .where('revoked_ms', 'is', null)
        .executeTakeFirst();
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
