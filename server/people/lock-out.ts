import { sha256Text } from '#shared/ledger/chain.ts';
import type { ServerDatabase } from '../store/database.ts';

/** Wrong tries before the first pause: of one account from wherever, and from one address whatever the accounts. */
const FREE = { account: 5, address: 60 } as const;
type Kind = keyof typeof FREE;
/** The first pause; each wrong try after it doubles it, up to the longest. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** One try is forgotten after each of these times: many people share an address, and some of them mistype. */
const FADES_MS = { account: 6 * 3_600_000, address: 15 * 60_000 } as const;
/** All are forgotten after so long without another. */
const FORGET_MS = 24 * 3_600_000;

/** How long nobody gets in after so many wrong tries, milliseconds. */
function pauseAfter(kind: Kind, tries: number): number {
  const over = tries - FREE[kind];
  return over < 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** Math.min(over, 20), LONGEST_PAUSE_MS);
}

/**
 * Wrong sign-ins, counted in the database: they survive a restart, and hold over all server processes. A name that is nobody's
 * is counted as one that is somebody's.
 */
export function createLockOut({ db, exclusive }: ServerDatabase, now: () => number) {
  const keyOf = (kind: Kind, name: string) => `${kind}:${sha256Text(name)}`;

  return {
    /** Counts a try before the password is looked at (many at once are many), or says that it is not the time for one. */
    take(account: string, address: string): Promise<boolean> {
      return exclusive(async (transaction) => {
        await transaction
          .deleteFrom('sign_in_tries')
          .where('last_ms', '<', now() - FORGET_MS)
          .execute();
        const kinds = [
          { kind: 'account', key: keyOf('account', account) },
          { kind: 'address', key: keyOf('address', address) },
        ] as const;
        const keys = kinds.map(({ key }) => key);
        const rows = await transaction.selectFrom('sign_in_tries').selectAll().where('key', 'in', keys).execute();
        if (rows.some(({ locked_until_ms }) => locked_until_ms > now())) return false;
        for (const { kind, key } of kinds) {
          const known = rows.find((row) => row.key === key);
          const faded = known === undefined ? 0 : Math.floor((now() - known.last_ms) / FADES_MS[kind]);
          const tries = Math.max(0, (known?.tries ?? 0) - faded) + 1;
          const row = { tries, last_ms: now(), locked_until_ms: now() + pauseAfter(kind, tries) };
          await transaction
            .insertInto('sign_in_tries')
            .values({ key, ...row })
            .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
            .execute();
        }
        return true;
      });
    },

    /** The try was right as far as it went: it does not count. What was wrong before does. */
    async giveBack(account: string, address: string): Promise<void> {
      await db
        .updateTable('sign_in_tries')
        .set((eb) => ({ tries: eb('tries', '-', 1), locked_until_ms: now() }))
        .where('key', 'in', [keyOf('account', account), keyOf('address', address)])
        .where('tries', '>', 0)
        .execute();
    },

    /** It is who they say: what was wrong with the account before does not count any more. */
    async forget(account: string): Promise<void> {
      await db.deleteFrom('sign_in_tries').where('key', '=', keyOf('account', account)).execute();
    },
  };
}

export type LockOut = ReturnType<typeof createLockOut>;
