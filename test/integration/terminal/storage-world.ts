import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftLent, draftReturned } from '#electron/core/lending/drafts.ts';
import { backUp } from '#electron/store/backup.ts';
import { openTerminalDatabase, type OpenedDatabase } from '#electron/store/database.ts';
import { inspectDatabase } from '#electron/store/integrity.ts';
import { deviceOf } from '#shared/ledger/writer.ts';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { seededTerminalWorld, temporaryFolder, TEN_O_CLOCK } from '../../fixtures/ledger-world.ts';

export const DEVICE = 'LD-1';
const HOLDER = { id: 'ab'.repeat(32), name: '王*春' };
export const NIGHT = TEN_O_CLOCK + 17 * 3_600_000;

/** Lends and returns, `count` events of it. */
function work(ledger: ReturnType<typeof seededTerminalWorld>['ledger'], from: number, count: number): void {
  for (let at = from; at < from + count; at += 1) {
    const item = itemKey(1 + (Math.floor(at / 2) % 3));
    ledger.append([
      at % 2 === 0 ? draftLent(item, 'LD', HOLDER, '2026-11-26T23:59:00+08:00') : draftReturned(item, 'LD', null, null),
    ]);
  }
}

export interface Files {
  readonly db: Buffer;
  readonly wal: Buffer;
  /** The daily backup, or null where none was made. */
  readonly backup: { readonly name: string; readonly bytes: Buffer } | null;
  /** Own events in order, all of them acknowledged to somebody. */
  readonly own: readonly LedgerEvent[];
  /** How many of them are in the backup. */
  readonly inBackup: number;
}

/**
 * What a terminal that lost its power leaves behind: events that are in the backup, later ones that are in the database
 * file, and the last ones in the write-ahead log alone.
 */
export async function filesAfterPowerCut(counts: {
  readonly before: number;
  readonly inFile: number;
  readonly inWal: number;
  readonly backup?: boolean;
}): Promise<Files> {
  const { db, path, ledger } = seededTerminalWorld();
  work(ledger, 0, counts.before);
  let backup: Files['backup'] = null;
  if (counts.backup !== false) {
    const made = await backUp(
      db,
      { now: () => NIGHT, freeBytes: () => 1e12, check: (part) => Promise.resolve(inspectDatabase(part, 'whole')) },
      new AbortController().signal,
    );
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    backup = {
      name: made.value.path.slice(made.value.path.lastIndexOf('/') + 1),
      bytes: readFileSync(made.value.path),
    };
  }
  work(ledger, counts.before, counts.inFile);
  db.pragma('wal_checkpoint(TRUNCATE)');
  work(ledger, counts.before + counts.inFile, counts.inWal);
  const own = ownEvents(db);
  const files: Files = {
    db: readFileSync(path),
    wal: existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0),
    backup,
    own,
    inBackup: backup === null ? 0 : counts.before,
  };
  db.close();
  return files;
}

export function ownEvents(db: OpenedDatabase['db']): LedgerEvent[] {
  return db
    .prepare('SELECT json FROM events ORDER BY terminal, n')
    .all()
    .map((row) => eventSchema.parse(JSON.parse((row as { json: string }).json)))
    .filter(({ terminal }) => deviceOf(terminal) === DEVICE);
}

/** Puts files on a disk as they were found; `shm` as a kill leaves it. */
export function layOut({ db, wal, backup }: Pick<Files, 'db' | 'wal' | 'backup'>): string {
  const folder = temporaryFolder();
  const path = join(folder, 'terminal.sqlite');
  writeFileSync(path, db);
  if (wal.length > 0) writeFileSync(`${path}-wal`, wal);
  if (backup !== null) {
    mkdirSync(join(folder, 'backups'));
    writeFileSync(join(folder, 'backups', backup.name), backup.bytes);
  }
  return path;
}

export function start(path: string, onStep?: () => void): OpenedDatabase {
  const deps = { device: DEVICE, now: () => NIGHT + 3_600_000 };
  const opened = openTerminalDatabase(path, onStep === undefined ? deps : { ...deps, onStep });
  if (!opened.ok) throw new Error(`${opened.error.kind}: ${opened.error.detail}`);
  return opened.value;
}
