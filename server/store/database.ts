import Sqlite from 'better-sqlite3';
import { Kysely, PostgresDialect, sql, SqliteDialect, type Transaction } from 'kysely';
import type { Migration } from 'kysely/migration';
import { Pool, types as pgTypes } from 'pg';
import { migrateDatabase } from './migrate.ts';
import { migrations as allMigrations } from './migrations.ts';
import type { Tables } from './schema.ts';
import { withStatementCache } from './statement-cache.ts';

export type DatabaseChoice =
  | { readonly kind: 'sqlite'; readonly path: string }
  /** `postgres://user:password@host/database` */
  | { readonly kind: 'postgres'; readonly url: string };

export interface ServerDatabase {
  readonly db: Kysely<Tables>;
  /** One writer at a time over all server processes: `seq` becomes visible in its own order. */
  readonly exclusive: <T>(work: (transaction: Transaction<Tables>) => Promise<T>) => Promise<T>;
  close(): Promise<void>;
}

/** The type `bigint` in PostgreSQL's catalogue (pg_type.dat). */
const INT8 = 20;

/** Any number will do, as long as no other program uses it on the same database. */
const WRITER_LOCK = 440_440;

/** A connection to a database as it is: nothing is migrated. With `readonly` a SQLite file must be there, and is only read. */
export function connect(choice: DatabaseChoice, readonly = false): Kysely<Tables> {
  if (choice.kind === 'sqlite') {
    const database = new Sqlite(choice.path, { readonly, fileMustExist: readonly });
    if (readonly) return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    try {
      // WAL with FULL: a commit is on the disk when it returns (SQLite docs, "PRAGMA synchronous").
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
    } catch (error) {
      database.close();
      throw error;
    }
    return new Kysely<Tables>({ dialect: new SqliteDialect({ database: withStatementCache(database) }) });
  }
  const types = {
    // 64-bit numbers come as texts; ours are counts and milliseconds, far below 2^53.
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === INT8 ? Number : pgTypes.getTypeParser(oid, format),
  };
  const pool = new Pool({ connectionString: choice.url, max: 10, types });
  // Without a listener a connection that the database ends while idle would end the process.
  pool.on('error', () => {});
  // So would one in use that ends between two statements; whoever uses it hears of it at the next one.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Opens the database and brings it up to date. Throws where it can't be opened or a migration fails, and says which. */
export async function openServerDatabase(
  choice: DatabaseChoice,
  migrations: Readonly<Record<string, Migration>> = allMigrations(choice.kind),
): Promise<ServerDatabase> {
  const db = connect(choice);
  const lock = async (transaction: Transaction<Tables>) => {
    if (choice.kind === 'postgres') await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`.execute(transaction);
  };
  try {
    const path = choice.kind === 'sqlite' ? choice.path : null;
    await migrateDatabase(db, { path, migrations, lock, now: Date.now });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    db,
    exclusive: (work) =>
      db.transaction().execute(async (transaction) => {
        await lock(transaction);
        return work(transaction);
      }),
    close: () => db.destroy(),
  };
}
