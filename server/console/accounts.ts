import { hash, verify } from '@node-rs/argon2';
import { type Account, accountSchema } from '#shared/contract/console.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import type { ServerDatabase } from '../store/database.ts';

/** A session ends after this long without a call, and after this long in any case. */
const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 3_600_000;
/** Wrong passwords for one account from one address, before a pause. */
const MOST_TRIES = 5;
const PAUSE_MS = 15 * 60_000;
/** A session's last use is written down at most this often. */
const SEEN_STEP_MS = 60_000;

export interface AccountsDeps {
  readonly database: ServerDatabase;
  readonly now: () => number;
  /** 256 random bits, base64url. */
  readonly newSecret: () => string;
}

export type SignIn =
  | { readonly kind: 'in'; readonly account: Account; readonly secret: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too-many' };

/** Accounts of the console and their sessions. Of a session only the hash of its secret is kept. */
export function createAccounts({ database: { db }, now, newSecret }: AccountsDeps) {
  const tries = new Map<string, { count: number; since: number }>();
  // Compared with where there is no such account, so that both take as long.
  const nobody = hash(newSecret());

  async function find(account: string): Promise<{ account: Account; verifier: string } | null> {
    const row = await db.selectFrom('accounts').selectAll().where('account', '=', account).executeTakeFirst();
    if (row === undefined) return null;
    const parsed = accountSchema.parse({ account: row.account, name: row.name, roles: JSON.parse(row.roles) });
    return { account: parsed, verifier: row.verifier };
  }

  function mayTry(key: string): boolean {
    const known = tries.get(key);
    if (known === undefined) return true;
    if (now() - known.since > PAUSE_MS) tries.delete(key);
    return !tries.has(key) || known.count < MOST_TRIES;
  }

  return {
    /** Makes an account, or changes its name, roles and password. */
    async save({ account, name, roles }: Account, password: string): Promise<void> {
      const row = { name, roles: JSON.stringify(roles), verifier: await hash(password) };
      await db
        .insertInto('accounts')
        .values({ account, ...row })
        .onConflict((conflict) => conflict.column('account').doUpdateSet(row))
        .execute();
    },

    async signIn(account: string, password: string, address: string): Promise<SignIn> {
      const key = `${address} ${account}`;
      if (!mayTry(key)) return { kind: 'too-many' };
      const found = await find(account);
      const right = await verify(found?.verifier ?? (await nobody), password);
      if (found === null || !right) {
        const known = tries.get(key) ?? { count: 0, since: now() };
        tries.set(key, { ...known, count: known.count + 1 });
        return { kind: 'wrong' };
      }
      tries.delete(key);
      const secret = newSecret();
      await db
        .insertInto('sessions')
        .values({ secret_hash: sha256Text(secret), account, created_ms: now(), seen_ms: now() })
        .execute();
      return { kind: 'in', account: found.account, secret };
    },

    async signOut(secret: string): Promise<void> {
      await db.deleteFrom('sessions').where('secret_hash', '=', sha256Text(secret)).execute();
    },

    /** Whose session this is, or null where it is over or never was. */
    async who(secret: string | undefined): Promise<Account | null> {
      if (secret === undefined) return null;
      const secret_hash = sha256Text(secret);
      const row = await db.selectFrom('sessions').selectAll().where('secret_hash', '=', secret_hash).executeTakeFirst();
      if (row === undefined) return null;
      if (now() - row.seen_ms > IDLE_MS || now() - row.created_ms > LONGEST_MS) {
        await db.deleteFrom('sessions').where('secret_hash', '=', secret_hash).execute();
        return null;
      }
      if (now() - row.seen_ms > SEEN_STEP_MS) {
        await db.updateTable('sessions').set({ seen_ms: now() }).where('secret_hash', '=', secret_hash).execute();
      }
      return (await find(row.account))?.account ?? null;
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
