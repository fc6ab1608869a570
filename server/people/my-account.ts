import { hash, verify } from '@node-rs/argon2';
import { err, ok, type Result } from '#shared/result.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { LockOut } from './lock-out.ts';
import type { SecondFactor } from './second-factor.ts';
import { endSessions } from './sessions.ts';

export interface MyAccountDeps {
  readonly database: ServerDatabase;
  readonly lockOut: LockOut;
  readonly secondFactor: SecondFactor;
}

/** Whose account it is, and from where they ask. */
export interface Self {
  readonly account: string;
  readonly address: string;
  /** The secret of the session that asks: it stays. */
  readonly secret: string | undefined;
}

export type MyFault = 'WRONG_PASSWORD' | 'WRONG_CODE' | 'SAME_PASSWORD' | 'TOO_MANY_TRIES';

/** What everybody does with their own account. Wrong passwords and codes count as they do at sign-in. */
export function createMyAccount({ database: { db }, lockOut, secondFactor }: MyAccountDeps) {
  async function isPassword(account: string, password: string): Promise<boolean> {
    const row = await db.selectFrom('accounts').select('verifier').where('account', '=', account).executeTakeFirst();
    return row !== undefined && verify(row.verifier, password);
  }

  /** Counts as a try; one that was right is given back. */
  async function tried<T>(
    { account, address }: Self,
    work: () => Promise<Result<T, MyFault>>,
  ): Promise<Result<T, MyFault>> {
    if (!(await lockOut.take(account, address))) return err('TOO_MANY_TRIES');
    const result = await work();
    if (result.ok) await lockOut.giveBack(account, address);
    return result;
  }

  return {
    changePassword: (self: Self, password: string, next: string): Promise<Result<null, MyFault>> =>
      tried(self, async () => {
        if (!(await isPassword(self.account, password))) return err('WRONG_PASSWORD');
        if (password === next) return err('SAME_PASSWORD');
        await db
          .updateTable('accounts')
          .set({ verifier: await hash(next), must_change: 0 })
          .where('account', '=', self.account)
          .execute();
        await endSessions(db, self.account, self.secret === undefined ? null : sha256Text(self.secret));
        return ok(null);
      }),

    beginTotp: (self: Self, password: string): Promise<Result<{ secret: string; uri: string }, MyFault>> =>
      tried(self, async () => {
        if (!(await isPassword(self.account, password))) return err('WRONG_PASSWORD');
        return ok(await secondFactor.begin(self.account));
      }),

    confirmTotp: (self: Self, code: string): Promise<Result<string[], MyFault>> =>
      tried(self, async () => {
        const codes = await secondFactor.confirm(self.account, code);
        return codes === null ? err('WRONG_CODE') : ok(codes);
      }),

    dropTotp: (self: Self, password: string, code: string): Promise<Result<null, MyFault>> =>
      tried(self, async () => {
        if (!(await isPassword(self.account, password))) return err('WRONG_PASSWORD');
        if (!(await secondFactor.use(self.account, code))) return err('WRONG_CODE');
        await secondFactor.drop(self.account);
        return ok(null);
      }),
  };
}

export type MyAccount = ReturnType<typeof createMyAccount>;
