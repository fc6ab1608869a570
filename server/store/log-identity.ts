import type { Kysely } from 'kysely';
import { renewWriter } from '#shared/ledger/writer.ts';
import type { Tables } from './schema.ts';

/** The name under which the server writes until its log is put back from a backup for the first time. */
const FIRST_WRITER = 'server';

/** No state was made yet, or by a version that did not say which. */
const FOLD_NONE = 0;

export interface LogIdentity {
  /** Name of this log; terminals that know another one go through it from the start. */
  readonly epoch: string;
  readonly writer: string;
}

/** The log's name and the server's own; made at the first call. */
export async function logIdentity(db: Kysely<Tables>, newId: () => string): Promise<LogIdentity> {
  const row = await db.selectFrom('log').select(['epoch', 'writer']).executeTakeFirst();
  if (row !== undefined) return row;
  const first = { epoch: newId(), writer: FIRST_WRITER };
  await db
    .insertInto('log')
    .values({ one: 1, ...first, fold: FOLD_NONE })
    .onConflict((conflict) => conflict.column('one').doNothing())
    .execute();
  return logIdentity(db, newId);
}

/**
 * Begins a new epoch: what was written after the backup that this log comes from is known to others and not to it. The
 * server's own next events need another writer's name, because some under the old one are out there.
 */
export async function renewLog(db: Kysely<Tables>, newId: () => string): Promise<LogIdentity> {
  const { writer } = await logIdentity(db, newId);
  const epoch = newId();
  const next = { epoch, writer: renewWriter(writer, epoch) };
  await db.updateTable('log').set(next).execute();
  return next;
}
