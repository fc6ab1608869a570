import type Sqlite from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** Texts that are kept; most of ours differ only in how many values they take. */
const MOST = 200;

/**
 * A database for kysely that prepares a text once and keeps what was prepared: kysely's driver prepares anew for every
 * execution. Whatever is read must be read at once (`all`): a statement that is being iterated can't run a second time.
 */
export function withStatementCache(database: Sqlite.Database): SqliteDatabase {
  const statements = new Map<string, Sqlite.Statement>();
  return {
    close: () => database.close(),
    prepare(text) {
      const kept = statements.get(text);
      if (kept !== undefined) return kept;
      const [oldest] = statements.keys();
      if (statements.size >= MOST && oldest !== undefined) statements.delete(oldest);
      const statement = database.prepare(text);
      statements.set(text, statement);
      return statement;
    },
  };
}
