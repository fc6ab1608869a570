import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../store/schema.ts';

/** Ends the sessions of an account, but for the one with this hash, where there is such. */
export async function endSessions(
  db: Kysely<Tables> | Transaction<Tables>,
  account: string,
  keptHash: string | null = null,
): Promise<void> {
  const theirs = db.deleteFrom('sessions').where('account', '=', account);
  await (keptHash === null ? theirs : theirs.where('secret_hash', '!=', keptHash)).execute();
}
