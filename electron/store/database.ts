import Database from 'better-sqlite3';
import { err, ok, type Result } from '#shared/result.ts';
import { MIGRATIONS } from './migrations.ts';

export type OpenFault =
  /** Not a database, damaged, no permission, or no such folder. `detail` is for the log, not for the screen. */
  | { readonly kind: 'cannot-open'; readonly detail: string }
  /** Written by a later version of this software. */
  | { readonly kind: 'too-new'; readonly detail: string };

function userVersion(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function migrate(db: Database.Database): void {
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (userVersion(db) > index) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}

/**
 * Opens the terminal's database, made if there is none. It is read before anything is written to it: a file that is
 * damaged or not ours is left as it was found.
 */
export function openDatabase(path: string): Result<Database.Database, OpenFault> {
  let db: Database.Database | null = null;
  try {
    db = new Database(path);
    db.pragma('schema_version');
    const version = userVersion(db);
    if (version > MIGRATIONS.length) {
      db.close();
      return err({ kind: 'too-new', detail: `schema ${version}, this version knows ${MIGRATIONS.length}` });
    }
    // WAL with FULL: a commit is on the disk when it returns (SQLite docs, "PRAGMA synchronous").
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    migrate(db);
    return ok(db);
  } catch (error) {
    db?.close();
    return err({ kind: 'cannot-open', detail: error instanceof Error ? error.message : String(error) });
  }
}
