import type { Kysely } from 'kysely';
import { type SigningKey, signingKeySchema } from '#shared/contract/releases.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { Tables } from '../store/schema.ts';
import { keyidOf, tufKey } from './online-keys.ts';
import { newestRoot } from './repository.ts';

async function isTrusted(db: Kysely<Tables>, keyid: string): Promise<boolean> {
  const root = (await newestRoot(db))?.root.signed;
  return root?.roles['targets']?.keyIDs.includes(keyid) === true;
}

/** An account's signing key; null where it has none. */
export async function keyOf(db: Kysely<Tables>, account: string): Promise<SigningKey | null> {
  const row = await db.selectFrom('signing_keys').selectAll().where('account', '=', account).executeTakeFirst();
  if (row === undefined) return null;
  return signingKeySchema.parse({
    keyid: row.keyid,
    publicKey: row.public_key,
    wrapped: JSON.parse(row.wrapped),
    trusted: await isTrusted(db, row.keyid),
  });
}

/** Approvers' keys: what they sign counts when the root names them. */
export function createSigningKeys({ db }: ServerDatabase) {
  return {
    of: (account: string): Promise<SigningKey | null> => keyOf(db, account),

    /** Takes the place of the one before. */
    async save(account: string, key: Pick<SigningKey, 'publicKey' | 'wrapped'>): Promise<SigningKey> {
      const columns = {
        keyid: keyidOf(tufKey(key.publicKey)),
        public_key: key.publicKey,
        wrapped: JSON.stringify(key.wrapped),
      };
      await db
        .insertInto('signing_keys')
        .values({ account, ...columns })
        .onConflict((conflict) => conflict.column('account').doUpdateSet(columns))
        .execute();
      const saved = await keyOf(db, account);
      if (saved === null) throw new Error('it was just written');
      return saved;
    },
  };
}

export type SigningKeys = ReturnType<typeof createSigningKeys>;
