import { hash } from '@node-rs/argon2';
import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Account, peopleContract, PersonFault, PersonRow } from '#shared/contract/people.ts';
import { type Role, ROLES } from '#shared/people/roles.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { likeText } from '../console/searching.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { Tables } from '../store/schema.ts';
import type { LockOut } from './lock-out.ts';
import { copiedText, type SecondFactor } from './second-factor.ts';
import { endSessions } from './sessions.ts';

type ListInput = z.output<NonNullable<(typeof peopleContract)['list']['~orpc']['inputSchema']>>;

export interface PeopleDeps {
  readonly database: ServerDatabase;
  readonly now: () => number;
  /** 256 random bits, base64url. */
  readonly newSecret: () => string;
  readonly lockOut: LockOut;
  readonly secondFactor: SecondFactor;
}

const ONE_TIME_LETTERS = 16;
const rolesSchema = z.array(z.enum(ROLES));
const readRoles = (text: string): Role[] => rolesSchema.parse(JSON.parse(text));

type Database = Kysely<Tables> | Transaction<Tables>;

async function isThere(db: Database, account: string): Promise<boolean> {
  const row = await db.selectFrom('accounts').select('account').where('account', '=', account).executeTakeFirst();
  return row !== undefined;
}

/** Whether somebody else than this account is an admin who can sign in. */
async function hasOtherAdmin(db: Database, account: string): Promise<boolean> {
  const rows = await db
    .selectFrom('accounts')
    .select('roles')
    .where('account', '!=', account)
    .where('disabled_ms', 'is', null)
    .execute();
  return rows.some(({ roles }) => readRoles(roles).includes('admin'));
}

/** Who has an account, and what admins do with the accounts of others. */
export function createPeople({ database, now, newSecret, lockOut, secondFactor }: PeopleDeps) {
  const { db, exclusive } = database;

  /** What an admin does to another's account, where there is such; in turn, so that two admins can't remove each other. */
  function toOther<T>(
    by: string,
    account: string,
    work: (transaction: Transaction<Tables>) => Promise<Result<T, PersonFault>>,
  ): Promise<Result<T, PersonFault>> {
    if (by === account) return Promise.resolve(err('OWN_ACCOUNT'));
    return exclusive(async (transaction) =>
      (await isThere(transaction, account)) ? work(transaction) : err('UNKNOWN_ACCOUNT'),
    );
  }

  return {
    async list({ search = '', role, state, sort, descending, page, pageSize }: ListInput) {
      const column = { account: sql`account`, name: sql`name`, signedIn: sql`coalesce(signed_in_ms, 0)` }[sort];
      const like = likeText(search);
      const found = db
        .selectFrom('accounts')
        .$if(search.trim() !== '', (query) =>
          query.where(sql<boolean>`(lower(account) like ${like} escape '!' or lower(name) like ${like} escape '!')`),
        )
        // A role's name is no part of another's between its quotes.
        .$if(role !== undefined, (query) => query.where('roles', 'like', `%"${role ?? ''}"%`))
        .$if(state === 'active', (query) => query.where('disabled_ms', 'is', null))
        .$if(state === 'disabled', (query) => query.where('disabled_ms', 'is not', null));
      const rows = await found
        .selectAll()
        .select((eb) =>
          eb
            .selectFrom('sessions')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .whereRef('sessions.account', '=', 'accounts.account')
            .as('sessions'),
        )
        .orderBy(column, descending ? 'desc' : 'asc')
        .orderBy('account')
        .limit(pageSize)
        .offset((page - 1) * pageSize)
        .execute();
      const { total } = await found.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
      return {
        total,
        rows: rows.map((row): PersonRow => ({
          account: row.account,
          name: row.name,
          roles: readRoles(row.roles),
          disabledMs: row.disabled_ms,
          mustChange: row.must_change === 1,
          totp: row.totp_secret !== null,
          signedInMs: row.signed_in_ms,
          sessions: row.sessions ?? 0,
        })),
      };
    },

    /** The one-time password; null where the name is taken. */
    async create({ account, name, roles }: Account): Promise<string | null> {
      const password = copiedText(newSecret(), ONE_TIME_LETTERS);
      const made = await db
        .insertInto('accounts')
        .values({ account, name, roles: JSON.stringify(roles), verifier: await hash(password), must_change: 1 })
        .onConflict((conflict) => conflict.column('account').doNothing())
        .executeTakeFirst();
      return (made.numInsertedOrUpdatedRows ?? 0n) > 0n ? password : null;
    },

    change(by: string, { account, name, roles }: Account): Promise<Result<null, PersonFault>> {
      return exclusive(async (transaction) => {
        const row = await transaction
          .selectFrom('accounts')
          .select('roles')
          .where('account', '=', account)
          .executeTakeFirst();
        if (row === undefined) return err('UNKNOWN_ACCOUNT');
        const before = readRoles(row.roles);
        const same = before.length === roles.length && roles.every((role) => before.includes(role));
        if (by === account && !same) return err('OWN_ACCOUNT');
        if (!roles.includes('admin') && !(await hasOtherAdmin(transaction, account))) return err('LAST_ADMIN');
        await transaction
          .updateTable('accounts')
          .set({ name, roles: JSON.stringify(roles) })
          .where('account', '=', account)
          .execute();
        return ok(null);
      });
    },

    disable: (by: string, account: string) =>
      toOther(by, account, async (transaction) => {
        if (!(await hasOtherAdmin(transaction, account))) return err('LAST_ADMIN');
        await transaction
          .updateTable('accounts')
          .set({ disabled_ms: now() })
          .where('account', '=', account)
          .where('disabled_ms', 'is', null)
          .execute();
        await endSessions(transaction, account);
        return ok(null);
      }),

    enable: (by: string, account: string) =>
      toOther(by, account, async (transaction) => {
        await transaction.updateTable('accounts').set({ disabled_ms: null }).where('account', '=', account).execute();
        return ok(null);
      }),

    /** A new one-time password; the old one and all sessions are over, and so is a lock-out. */
    async newPassword(by: string, account: string): Promise<Result<string, PersonFault>> {
      const password = copiedText(newSecret(), ONE_TIME_LETTERS);
      const verifier = await hash(password);
      const done = await toOther(by, account, async (transaction) => {
        await transaction
          .updateTable('accounts')
          .set({ verifier, must_change: 1 })
          .where('account', '=', account)
          .execute();
        await endSessions(transaction, account);
        return ok(password);
      });
      if (done.ok) await lockOut.forget(account);
      return done;
    },

    /** For whoever lost the phone: one step is enough again. Their sessions end. */
    async resetTotp(by: string, account: string): Promise<Result<null, PersonFault>> {
      const done = await toOther(by, account, async (transaction) => {
        await endSessions(transaction, account);
        return ok(null);
      });
      if (done.ok) await secondFactor.drop(account);
      return done;
    },

    async endSessions(account: string): Promise<Result<null, PersonFault>> {
      if (!(await isThere(db, account))) return err('UNKNOWN_ACCOUNT');
      await endSessions(db, account);
      return ok(null);
    },
  };
}

export type People = ReturnType<typeof createPeople>;
