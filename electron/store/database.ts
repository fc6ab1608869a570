import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { err, ok, type Result, unreachable } from '#shared/result.ts';
import { backUpBeforeMigration } from './backup.ts';
import { listBackups } from './backup-files.ts';
import { cannotOpen, describe, inspectDatabase, type OpenFault, sizeOf, userVersion } from './integrity.ts';
import { MIGRATIONS } from './migrations.ts';
import { clearLeftovers, type Damage, finishRestore, restoreDatabase, type RestoreDeps } from './restore.ts';
import { believe, FINE, isDoubted, type StorageReport, unseenReport } from './storage-report.ts';

export type { OpenFault } from './integrity.ts';

/** Runs what is pending, each in one transaction with its number; the first to fail throws, and leaves the tables as they were. */
export function migrate(db: Database.Database, migrations: readonly string[]): void {
  for (const [index, sql] of migrations.entries()) {
    if (userVersion(db) > index) continue;
    try {
      db.transaction(() => {
        db.exec(sql);
        db.pragma(`user_version = ${index + 1}`);
      }).immediate();
    } catch (error) {
      throw new Error(`migration ${index + 1}: ${describe(error)}`, { cause: error });
    }
  }
}

function openAndMigrate(
  path: string,
  beforeMigration: (db: Database.Database) => void,
): Result<Database.Database, OpenFault> {
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
    if (version > 0 && version < MIGRATIONS.length) beforeMigration(db);
    migrate(db, MIGRATIONS);
    return ok(db);
  } catch (error) {
    db?.close();
    return err({ kind: 'cannot-open', detail: describe(error) });
  }
}

/**
 * Opens a terminal's database as it is, made if there is none, without looking for damage. It is read before anything is
 * written to it: a file that is not ours is left as it was found.
 */
export function openDatabase(path: string): Result<Database.Database, OpenFault> {
  return openAndMigrate(path, () => {});
}

export interface OpenedDatabase {
  readonly db: Database.Database;
  readonly report: StorageReport;
}

export type OpenDeps = Omit<RestoreDeps, 'open'>;

/**
 * A file up to this size is looked at as a whole in each start, which takes some 0.1 s; a larger one when the terminal
 * is at work.
 */
const SMALL_BYTES = 8 * 1024 * 1024;

/** What is wrong with the database, or null; one that is not there is wrong where there is something to restore. */
function damageOf(path: string): Result<Damage | null, OpenFault> {
  const small = sizeOf(path) + sizeOf(`${path}-wal`) <= SMALL_BYTES;
  const inspection = inspectDatabase(path, small || isDoubted(path) ? 'whole' : 'head');
  switch (inspection.kind) {
    case 'sound':
      return ok(null);
    case 'new':
      // A file without a byte is no beginning: whoever makes a database writes into it at once.
      return ok(
        listBackups(path).length === 0 && !existsSync(path)
          ? null
          : { detail: 'the database is gone or empty', rolledBack: false },
      );
    case 'damaged':
      return ok(inspection);
    case 'cannot-open':
    case 'too-new':
      return err(inspection);
    default:
      return unreachable(inspection);
  }
}

/**
 * Opens the terminal's database, made if there is none. A damaged one is set aside, never changed and never deleted, and
 * another takes its place (restore.ts); `report` says so until a person has seen it. Before a migration runs there is a
 * copy in the folder `backups`. Where it can't be opened nothing was touched.
 */
export function openTerminalDatabase(path: string, deps: OpenDeps): Result<OpenedDatabase, OpenFault> {
  try {
    finishRestore(path, deps.onStep);
    clearLeftovers(path);
    const damage = damageOf(path);
    if (!damage.ok) return damage;
    if (damage.value !== null) {
      const restored = restoreDatabase(path, damage.value, { ...deps, open: openDatabase });
      if (!restored.ok) return restored;
    }
    if (isDoubted(path)) believe(path);
  } catch (error) {
    return err(cannotOpen(error) ?? { kind: 'cannot-open', detail: describe(error) });
  }
  const opened = openAndMigrate(path, (db) => backUpBeforeMigration(db, deps.now));
  return opened.ok ? ok({ db: opened.value, report: unseenReport(path) ?? FINE }) : opened;
}
