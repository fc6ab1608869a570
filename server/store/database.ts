import Sqlite from 'better-sqlite3';
import { Kysely, PostgresDialect, sql, SqliteDialect, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool, types as pgTypes } from 'pg';
import { migrations } from './migrations.ts';
import type { Tables } from './schema.ts';

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

function open(choice: DatabaseChoice): Kysely<Tables> {
  if (choice.kind === 'sqlite') {
    const database = new Sqlite(choice.path);
    try {
      // WAL with FULL: a commit is on the disk when it returns (SQLite docs, "PRAGMA synchronous").
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
    } catch (error) {
      database.close();
      throw error;
    }
    return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
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

/** Opens the database and brings it up to date. Throws where it can't be opened or a migration fails. */
export async function openServerDatabase(choice: DatabaseChoice): Promise<ServerDatabase> {
  const db = open(choice);
  const provider = { getMigrations: () => Promise.resolve({ ...migrations(choice.kind) }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw error;
  }
  return {
    db,
    exclusive: (work) =>
      db.transaction().execute(async (transaction) => {
        if (choice.kind === 'postgres') await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`.execute(transaction);
        return work(transaction);
      }),
    close: () => db.destroy(),
  };
}
