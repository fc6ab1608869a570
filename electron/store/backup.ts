import { rmSync, statfsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { err, ok, type Result } from '#shared/result.ts';
import { backupFolder, type BackupFile, backupPath, halfBackups, listBackups, outdated } from './backup-files.ts';
import { renameDurably, syncFile } from './durable-files.ts';
import type { Checker } from './check-apart.ts';
import { describe, sizeOf, userVersion } from './integrity.ts';

export type BackupFault =
  | { readonly kind: 'disk-short'; readonly freeBytes: number; readonly neededBytes: number }
  /** The copy is not sound: what it was made from should be looked at. */
  | { readonly kind: 'not-sound'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string };

export interface BackupDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Free bytes on the disk of a folder. */
  readonly freeBytes: (folder: string) => number;
  readonly check: Checker;
}

/** Pages copied before anything else gets its turn: 256 KiB, well under a millisecond. */
const PAGES_AT_ONCE = 64;

/** What stays free for the terminal itself. */
const SPARE_BYTES = 64 * 1024 * 1024;

export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function removeOutdated(databasePath: string): void {
  for (const { path } of outdated(listBackups(databasePath))) rmSync(path, { force: true });
}

/** Half a backup, of a process that ended meanwhile. */
function removeHalves(databasePath: string): void {
  for (const path of halfBackups(databasePath)) rmSync(path, { force: true });
}

/**
 * Copies the open database while the terminal goes on, checks the copy, and gives it its name only then: a backup that
 * has a name is whole and sound. Afterwards those that are no longer kept are removed. `signal` ends it halfway.
 */
export async function backUp(
  db: Database.Database,
  { now, freeBytes, check }: BackupDeps,
  signal: AbortSignal,
): Promise<Result<BackupFile, BackupFault>> {
  const file = { kind: 'daily', ms: now(), version: userVersion(db) } as const;
  let part: string | null = null;
  try {
    const path = backupPath(db.name, file);
    const neededBytes = sizeOf(db.name) + sizeOf(`${db.name}-wal`) + SPARE_BYTES;
    const free = freeBytes(backupFolder(db.name));
    if (free < neededBytes) return err({ kind: 'disk-short', freeBytes: free, neededBytes });
    removeHalves(db.name);
    part = `${path}.tmp`;
    await db.backup(part, {
      progress() {
        signal.throwIfAborted();
        return PAGES_AT_ONCE;
      },
    });
    const inspection = await check(part, signal);
    signal.throwIfAborted();
    if (inspection.kind !== 'sound') {
      return err({ kind: 'not-sound', detail: 'detail' in inspection ? inspection.detail : inspection.kind });
    }
    syncFile(part);
    renameDurably(part, path);
    removeOutdated(db.name);
    return ok({ ...file, path });
  } catch (error) {
    return err({ kind: 'failed', detail: describe(error) });
  } finally {
    if (part !== null) for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(part + suffix, { force: true });
  }
}

/**
 * A copy before a migration, made in one go: at that moment nothing else has the database open. Throws where it can't be
 * made; then nothing may be migrated.
 */
export function backUpBeforeMigration(db: Database.Database, now: () => number): BackupFile {
  const file = { kind: 'migration', ms: now(), version: userVersion(db) } as const;
  const path = backupPath(db.name, file);
  const part = `${path}.tmp`;
  removeHalves(db.name);
  try {
    db.prepare('VACUUM INTO ?').run(part);
    syncFile(part);
    renameDurably(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  removeOutdated(db.name);
  return { ...file, path };
}
