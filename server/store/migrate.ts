import type { Kysely, Transaction } from 'kysely';
import type { Migration } from 'kysely/migration';
import { copyFileBefore, copyTablesBefore } from './migration-copy.ts';
import type { Tables } from './schema.ts';

export interface MigrateOptions {
  /** The file of a SQLite database, or null for PostgreSQL. */
  readonly path: string | null;
  readonly migrations: Readonly<Record<string, Migration>>;
  /** Takes the writer's turn for the length of the transaction. */
  readonly lock: (transaction: Transaction<Tables>) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

async function doneIn(db: Pick<Kysely<Tables>, 'selectFrom'>): Promise<Set<string>> {
  const rows = await db.selectFrom('kysely_migration').select('name').execute();
  return new Set(rows.map(({ name }) => name));
}

/**
 * Runs what is pending in the order of the names, each in one transaction together with the note that it ran: kysely's
 * Migrator puts all into one transaction on PostgreSQL and none into any on SQLite. Before that the data is copied
 * (migration-copy.ts). The first that fails throws its name and leaves the database as it was before it.
 */
export async function migrateDatabase(db: Kysely<Tables>, options: MigrateOptions): Promise<void> {
  const { path, migrations, lock, now } = options;
  await db.transaction().execute(async (transaction) => {
    await lock(transaction);
    await transaction.schema
      .createTable('kysely_migration')
      .ifNotExists()
      .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
      .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
      .execute();
  });
  const before = await doneIn(db);
  const unknown = [...before].find((name) => !Object.hasOwn(migrations, name));
  if (unknown !== undefined) throw new Error(`a later version has used this database: it knows migration ${unknown}`);
  const names = Object.keys(migrations).toSorted();
  const first = names.find((name) => !before.has(name));
  if (first === undefined) return;
  const hasData = before.size > 0;
  if (path !== null && hasData) await copyFileBefore(db, path, first, now());
  for (const name of names) {
    if (before.has(name)) continue;
    try {
      await db.transaction().execute(async (transaction) => {
        await lock(transaction);
        // Another process may have had its turn first.
        if ((await doneIn(transaction)).has(name)) return;
        if (path === null && hasData) await copyTablesBefore(transaction, name);
        await migrations[name]?.up(transaction);
        const timestamp = new Date(now()).toISOString();
        await transaction.insertInto('kysely_migration').values({ name, timestamp }).execute();
      });
    } catch (error) {
      throw new Error(`migration ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}
