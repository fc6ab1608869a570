import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { listBackups } from '#electron/store/backup-files.ts';
import { migrate } from '#electron/store/database.ts';
import { inspectDatabase } from '#electron/store/integrity.ts';
import { MIGRATIONS } from '#electron/store/migrations.ts';
import { canonicalJson, sha256Text } from '#shared/ledger/chain.ts';
import { parseHlc } from '#shared/ledger/clock.ts';
import { eventWriter, seedDrafts, temporaryFolder } from '../../fixtures/ledger-world.ts';
import { NIGHT, ownEvents, start } from './storage-world.ts';

/** A terminal's database as the first version made it, with five events of its own. */
function firstVersion(): string {
  const path = join(temporaryFolder(), 'terminal.sqlite');
  const db = new Database(path);
  migrate(db, MIGRATIONS.slice(0, 1));
  const write = eventWriter('LD-1', 'LD');
  const events = seedDrafts().slice(0, 5).map(write);
  const insert = db.prepare('INSERT INTO events (id, terminal, n, hlc, subject, json) VALUES (?, ?, ?, ?, ?, ?)');
  for (const event of events) {
    insert.run(event.id, event.terminal, event.n, event.hlc, event.subject, canonicalJson(event));
  }
  const last = events.at(-1);
  const head = [5, sha256Text(canonicalJson(last)), parseHlc(last?.hlc ?? '').ms, 5];
  db.prepare(
    `INSERT INTO head (one, terminal, n, hash, hlc_ms, hlc_count, acked, cursor, offset_ms)
     VALUES (1, 'LD-1', ?, ?, ?, ?, 0, 0, 0)`,
  ).run(...head);
  db.close();
  return path;
}

it('before a migration there is a copy, as sound as what it was made from', () => {
  const path = firstVersion();
  const { db, report } = start(path);
  expect(report.what).toBe('fine');
  expect(ownEvents(db)).toHaveLength(5);
  const [copy, ...others] = listBackups(path);
  expect(copy).toMatchObject({ kind: 'migration', version: 1, ms: NIGHT + 3_600_000 });
  expect(others).toEqual([]);
  expect(inspectDatabase(copy?.path ?? '', 'whole')).toEqual({ kind: 'sound', version: 1 });
});

it('a new database needs no copy', () => {
  const path = join(temporaryFolder(), 'terminal.sqlite');
  start(path);
  expect(listBackups(path)).toEqual([]);
});

it('a migration that fails leaves the tables, the events and the version as they were, and says which it is', () => {
  const db = new Database(firstVersion());
  const before = db.serialize();
  const bad = `CREATE TABLE later (x TEXT); DELETE FROM events; INSERT INTO nowhere VALUES (1);`;
  expect(() => migrate(db, [...MIGRATIONS.slice(0, 1), bad])).toThrow(/^migration 2: .*nowhere/);
  expect(db.serialize().equals(before)).toBe(true);
});

it('where no copy can be made nothing is migrated', () => {
  const path = firstVersion();
  const before = readFileSync(path);
  // A file in the way of the folder.
  const inTheWay = new Database(join(dirname(path), 'backups'));
  inTheWay.exec('CREATE TABLE x (y)');
  inTheWay.close();
  expect(() => start(path)).toThrow(/cannot-open/);
  expect(readFileSync(path).subarray(100).equals(before.subarray(100))).toBe(true);
});

it('a backup of an earlier version is brought up to date when it is needed', () => {
  const path = firstVersion();
  start(path).db.close();
  const db = new Database(path);
  db.pragma('user_version = 1');
  db.close();
  const { report, db: mended } = start(path);
  expect(report).toMatchObject({ what: 'restored', backupMs: NIGHT + 3_600_000, rolledBack: false });
  expect(ownEvents(mended)).toHaveLength(5);
});
