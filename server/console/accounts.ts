import { hash, verify } from '@node-rs/argon2';
import { type Account, accountSchema, type Who } from '#shared/contract/people.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import type { LockOut } from '../people/lock-out.ts';
import type { SecondFactor } from '../people/second-factor.ts';
import { endSessions } from '../people/sessions.ts';
import type { ServerDatabase } from '../store/database.ts';

/** A session ends after this long without a call, and after this long in any case. */
const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 3_600_000;
/** A session's last use is written down at most this often. */
const SEEN_STEP_MS = 60_000;

export interface AccountsDeps {
  readonly database: ServerDatabase;
  readonly now: () => number;
  /** 256 random bits, base64url. */
  readonly newSecret: () => string;
  readonly lockOut: LockOut;
  readonly secondFactor: SecondFactor;
  /** An admin without a second step can do nothing but set it up. */
  readonly requireTotp: boolean;
}

export interface Credentials {
  readonly account: string;
  readonly password: string;
  /** Of the second step; null where none was given. */
  readonly code: string | null;
  readonly address: string;
}

export type SignIn =
  | { readonly kind: 'in'; readonly account: Who; readonly secret: string }
  | { readonly kind: 'wrong' }
  /** The password is right, and there is a second step. */
  | { readonly kind: 'code-needed' }
  | { readonly kind: 'too-many' };

/** Accounts of the console and their sessions. Of a session only the hash of its secret is kept. */
export function createAccounts(deps: AccountsDeps) {
  const { now, newSecret, lockOut, secondFactor, requireTotp } = deps;
  const { db } = deps.database;
  // Compared with where there is no such account, so that both take as long.
  const nobody = hash(newSecret());

  /** Null where there is no such account, or it is disabled. */
  async function find(name: string): Promise<{ account: Who; verifier: string } | null> {
    // PostgreSQL can't be asked for a NUL. To leave it out would be to give an account many names, each with its own tries.
    if (name.includes('\0')) return null;
    const row = await db.selectFrom('accounts').selectAll().where('account', '=', name).executeTakeFirst();
    if (row === undefined || row.disabled_ms !== null) return null;
    const known = accountSchema.parse({ account: row.account, name: row.name, roles: JSON.parse(row.roles) });
    const totp = row.totp_secret !== null;
    const wantsTotp = requireTotp && !totp && known.roles.includes('admin');
    const secondStep = wantsTotp ? 'second-step' : null;
    return {
      account: { ...known, totp, must: row.must_change === 1 ? 'password' : secondStep },
      verifier: row.verifier,
    };
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

  async function begin(account: Who): Promise<SignIn> {
    await endOldSessions();
    const secret = newSecret();
    await db
      .insertInto('sessions')
      .values({ secret_hash: sha256Text(secret), account: account.account, created_ms: now(), seen_ms: now() })
      .execute();
    await db.updateTable('accounts').set({ signed_in_ms: now() }).where('account', '=', account.account).execute();
    return { kind: 'in', account, secret };
  }

  /** Whose session this is, or null where it is over or never was. */
  async function whose(secret: string | undefined): Promise<Who | null> {
    if (secret === undefined) return null;
    const secret_hash = sha256Text(secret);
    const row = await openSession(secret_hash);
    if (row === null) return null;
    if (now() - row.seen_ms > SEEN_STEP_MS) {
      await db.updateTable('sessions').set({ seen_ms: now() }).where('secret_hash', '=', secret_hash).execute();
    }
    return (await find(row.account))?.account ?? null;
  }

  return {
    /** Makes an account, or changes its name, roles and password; another password than before ends its sessions. */
    async save({ account, name, roles }: Account, password: string): Promise<void> {
      const before = await db
        .selectFrom('accounts')
        .select('verifier')
        .where('account', '=', account)
        .executeTakeFirst();
      const same = before !== undefined && (await verify(before.verifier, password));
      const row = { name, roles: JSON.stringify(roles), verifier: same ? before.verifier : await hash(password) };
      await db
        .insertInto('accounts')
        .values({ account, ...row })
        .onConflict((conflict) => conflict.column('account').doUpdateSet(row))
        .execute();
      if (!same) await endSessions(db, account);
    },

    async signIn({ account, password, code, address }: Credentials): Promise<SignIn> {
      if (!(await lockOut.take(account, address))) return { kind: 'too-many' };
      const found = await find(account);
      const right = await verify(found?.verifier ?? (await nobody), password);
      if (found === null || !right) return { kind: 'wrong' };
      if (found.account.totp && code === null) {
        await lockOut.giveBack(account, address);
        return { kind: 'code-needed' };
      }
      if (found.account.totp && !(await secondFactor.use(account, code ?? ''))) return { kind: 'wrong' };
      await lockOut.giveBack(account, address);
      await lockOut.forget(account);
      return begin(found.account);
    },

    /** Whether the session is still open; unlike `who` this is no use of it. */
    async isOpen(secret: string | undefined): Promise<boolean> {
      return secret !== undefined && (await openSession(sha256Text(secret))) !== null;
    },

    /** Whose session it was; null where there was none. */
    async signOut(secret: string): Promise<string | null> {
      const secretHash = sha256Text(secret);
      const open = await openSession(secretHash);
      await db.deleteFrom('sessions').where('secret_hash', '=', secretHash).execute();
      return open?.account ?? null;
    },

    whose,

    /** The account of a session that is over, as long as it is known. */
    async whoseEnded(secret: string): Promise<string | null> {
      const row = await db
        .selectFrom('sessions')
        .select('account')
        .where('secret_hash', '=', sha256Text(secret))
        .executeTakeFirst();
      return row?.account ?? null;
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
