import { hash, verify } from '@node-rs/argon2';
import { type Account, accountSchema } from '#shared/contract/console.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import type { ServerDatabase } from '../store/database.ts';
import { createTries } from './tries.ts';

/** A session ends after this long without a call, and after this long in any case. */
const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 3_600_000;
/** Wrong passwords for one account from one address, before a pause. */
const MOST_TRIES = 5;
/** Sign-ins from one address in the same time, whatever the accounts: each costs a look at a password. */
const MOST_TRIES_OF_ADDRESS = 60;
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
  const tries = createTries({ most: MOST_TRIES, pauseMs: PAUSE_MS, now });
  const triesOfAddress = createTries({ most: MOST_TRIES_OF_ADDRESS, pauseMs: PAUSE_MS, now });
  // Compared with where there is no such account, so that both take as long.
  const nobody = hash(newSecret());

  async function find(name: string): Promise<{ account: Account; verifier: string } | null> {
    // PostgreSQL can't be asked for a NUL. To leave it out would be to give an account many names, each with its own tries.
    if (name.includes('\0')) return null;
    const row = await db.selectFrom('accounts').selectAll().where('account', '=', name).executeTakeFirst();
    if (row === undefined) return null;
    const parsed = accountSchema.parse({ account: row.account, name: row.name, roles: JSON.parse(row.roles) });
    return { account: parsed, verifier: row.verifier };
  }

  async function openSession(secretHash: string) {
    const row = await db
      .selectFrom('sessions')
      .selectAll()
      .where('secret_hash', '=', secretHash)
      .where('seen_ms', '>', now() - IDLE_MS)
      .where('created_ms', '>', now() - LONGEST_MS)
      .executeTakeFirst();
    return row ?? null;
  }

  async function endOldSessions(): Promise<void> {
    await db
      .deleteFrom('sessions')
      .where((eb) => eb.or([eb('seen_ms', '<=', now() - IDLE_MS), eb('created_ms', '<=', now() - LONGEST_MS)]))
      .execute();
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
      // Counted before the password is looked at: many tries at once are many tries.
      if (!triesOfAddress.take(address) || !tries.take(key)) return { kind: 'too-many' };
      const found = await find(account);
      const right = await verify(found?.verifier ?? (await nobody), password);
      if (found === null || !right) return { kind: 'wrong' };
      tries.forget(key);
      await endOldSessions();
      const secret = newSecret();
      await db
        .insertInto('sessions')
        .values({ secret_hash: sha256Text(secret), account: found.account.account, created_ms: now(), seen_ms: now() })
        .execute();
      return { kind: 'in', account: found.account, secret };
    },

    /** Whether the session is still open; unlike `who` this is no use of it. */
    async isOpen(secret: string | undefined): Promise<boolean> {
      return secret !== undefined && (await openSession(sha256Text(secret))) !== null;
    },

    async signOut(secret: string): Promise<void> {
      await db.deleteFrom('sessions').where('secret_hash', '=', sha256Text(secret)).execute();
    },

    /** Whose session this is, or null where it is over or never was. */
    async who(secret: string | undefined): Promise<Account | null> {
      if (secret === undefined) return null;
      const secret_hash = sha256Text(secret);
      const row = await openSession(secret_hash);
      if (row === null) return null;
      if (now() - row.seen_ms > SEEN_STEP_MS) {
        await db.updateTable('sessions').set({ seen_ms: now() }).where('secret_hash', '=', secret_hash).execute();
      }
      return (await find(row.account))?.account ?? null;
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
