import type { Transaction } from 'kysely';
import { CHAIN_EMPTY, type ChainHead } from '#shared/ledger/chain.ts';
import type { Tables } from './schema.ts';

/** The last link that is held of a writer's chain. */
export async function chainHead(db: Pick<Transaction<Tables>, 'selectFrom'>, writer: string): Promise<ChainHead> {
  const row = await db
    .selectFrom('writers')
    .select(['acked', 'head_hash'])
    .where('writer', '=', writer)
    .executeTakeFirst();
  return row === undefined ? CHAIN_EMPTY : { n: row.acked, hash: row.head_hash };
}

export async function saveChainHead(db: Transaction<Tables>, writer: string, { n, hash }: ChainHead): Promise<void> {
  const row = { acked: n, head_hash: hash };
  await db
    .insertInto('writers')
    .values({ writer, ...row })
    .onConflict((conflict) => conflict.column('writer').doUpdateSet(row))
    .execute();
}
