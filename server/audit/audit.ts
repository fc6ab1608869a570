import { sql } from 'kysely';
import type { z } from 'zod';
import type { auditRowSchema, consoleContract } from '#shared/contract/console.ts';
import { canonicalJson, CHAIN_START, sha256Text } from '#shared/ledger/chain.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { AuditTable } from '../store/schema.ts';

type ListInput = z.output<NonNullable<(typeof consoleContract)['audit']['list']['~orpc']['inputSchema']>>;

/** What somebody did or tried. */
export interface AuditEntry {
  /** Who; for a sign-in that failed, the account that was named. */
  readonly account: string;
  /** A call by its path, as `terminals.revoke`. */
  readonly act: string;
  readonly about: Readonly<Record<string, string>>;
  readonly address: string;
  /**
   * `ordered`: written before it is done, so that nothing is done without a trace. `done`: nothing but the entry was to be done. Else the code with
   * which it was refused.
   */
  readonly outcome: string;
}

/** The hash of a link: over all its columns but itself. Whoever changes one breaks the chain from there on. */
export function auditHash({
  seq,
  at_ms,
  account,
  act,
  about,
  address,
  outcome,
  prev,
}: Omit<AuditTable, 'hash'>): string {
  return sha256Text(canonicalJson({ seq, at_ms, account, act, about, address, outcome, prev }));
}

/** Outcomes that are no refusal. */
const WENT = ['ordered', 'done', 'CODE_NEEDED'];

/** The audit log: append only, each entry with the hash of the one before. */
export function createAudit({ db, exclusive }: ServerDatabase, now: () => number) {
  return {
    /** On the disk when this resolves. */
    async note({ account, act, about, address, outcome }: AuditEntry): Promise<void> {
      await exclusive(async (transaction) => {
        const last = await transaction
          .selectFrom('audit')
          .select(['seq', 'hash'])
          .orderBy('seq', 'desc')
          .limit(1)
          .executeTakeFirst();
        const row = {
          seq: (last?.seq ?? 0) + 1,
          at_ms: now(),
          // PostgreSQL keeps no NUL; a name with one is nobody's.
          account: account.replaceAll('\0', '\ufffd'),
          act,
          about: canonicalJson(about).replaceAll('\\u0000', '\\ufffd'),
          address,
          outcome,
          prev: last?.hash ?? CHAIN_START,
        };
        await transaction
          .insertInto('audit')
          .values({ ...row, hash: auditHash(row) })
          .execute();
      });
    },

    /** Newest first. */
    async list({ account, act, refused, fromMs, untilMs, page, pageSize }: ListInput) {
      const found = db
        .selectFrom('audit')
        .$if(account !== undefined, (query) => query.where('account', '=', account ?? ''))
        .$if(act !== undefined, (query) => query.where('act', '=', act ?? ''))
        .$if(refused, (query) => query.where('outcome', 'not in', WENT))
        .$if(fromMs !== undefined, (query) => query.where('at_ms', '>=', fromMs ?? 0))
        .$if(untilMs !== undefined, (query) => query.where('at_ms', '<', untilMs ?? 0));
      const rows = await found
        .selectAll()
        .orderBy('seq', 'desc')
        .limit(pageSize)
        .offset((page - 1) * pageSize)
        .execute();
      const { total } = await found.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
      // Not those that stand in it: whoever signs in wrongly can put any name there.
      const accounts = await db.selectFrom('accounts').select('account').orderBy('account').execute();
      return { rows: rows.map(rowOf), total, accounts: accounts.map((each) => each.account) };
    },
  };
}

function rowOf({ seq, at_ms, account, act, about, address, outcome }: AuditTable): z.output<typeof auditRowSchema> {
  // Written by `note` from strings.
  const parsed = JSON.parse(about) as Record<string, string>;
  return { seq, atMs: at_ms, account, act, about: parsed, address, outcome };
}

export type Audit = ReturnType<typeof createAudit>;
