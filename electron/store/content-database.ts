import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Log } from '#electron/core/log.ts';
import { describe, userVersion } from './integrity.ts';

/** Of the tables below. Another one is no reason for migrations: all of it can be had from the server again. */
const VERSION = 1;

const TABLES = `
  -- TUF: what was last believed, by role.
  CREATE TABLE metadata (
    role  TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
  ) STRICT;

  -- A release as this station shows it, by the SHA-256 of its manifest.
  CREATE TABLE sets (
    manifest   TEXT PRIMARY KEY,
    release    INTEGER NOT NULL,
    json       TEXT NOT NULL,
    -- fetching; proved: whole, and every page of it was rendered; refused: it was not.
    state      TEXT NOT NULL,
    refusal    TEXT,
    refused_ms INTEGER,
    -- Pages that took it up without having painted it.
    loads      INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE set_files (
    manifest TEXT NOT NULL REFERENCES sets (manifest) ON DELETE CASCADE,
    hash     TEXT NOT NULL,
    bytes    INTEGER NOT NULL,
    type     TEXT NOT NULL,
    PRIMARY KEY (manifest, hash)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX set_files_by_hash ON set_files (hash);

  -- Blobs that are here only because a set names or named them: these, and no others, are deleted when none does any more.
  CREATE TABLE fetched (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  -- One row.
  CREATE TABLE head (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    active   TEXT REFERENCES sets (manifest),
    previous TEXT REFERENCES sets (manifest),
    wanted   TEXT REFERENCES sets (manifest),
    -- What a page has painted last.
    painted_release  INTEGER,
    painted_manifest TEXT,
    -- Of the last report.
    seq      INTEGER NOT NULL
  ) STRICT;
  INSERT INTO head (one, seq) VALUES (1, 0);

  -- Per local day. changed grows with each count; what the server has had is acked.
  CREATE TABLE readings (
    day     TEXT NOT NULL,
    leaflet TEXT NOT NULL,
    version INTEGER NOT NULL,
    shown   INTEGER NOT NULL,
    opened  INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    acked   INTEGER NOT NULL,
    PRIMARY KEY (day, leaflet, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX readings_to_send ON readings (day) WHERE changed > acked;

  CREATE TABLE receipts (
    leaflet TEXT NOT NULL,
    version INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL,
    acked   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (leaflet, version)
  ) STRICT, WITHOUT ROWID;
`;

const LOOKS = [
  'SELECT role, bytes FROM metadata',
  'SELECT manifest, release, json, state, refusal, refused_ms, loads FROM sets',
  'SELECT manifest, hash, bytes, type FROM set_files',
  'SELECT hash FROM fetched',
  'SELECT active, previous, wanted, painted_release, painted_manifest, seq FROM head',
  'SELECT day, leaflet, version, shown, opened, seconds, changed, acked FROM readings',
  'SELECT leaflet, version, at_ms, acked FROM receipts',
].map((sql) => `${sql} LIMIT 1`);

function open(path: string): Database.Database {
  const db = new Database(path);
  try {
    const version = userVersion(db);
    const found: unknown = db.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(String(found));
    if (version !== 0 && version !== VERSION) throw new Error(`version ${version}, this one knows ${VERSION}`);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    if (version === 0) {
      db.transaction(() => {
        db.exec(TABLES);
        db.pragma(`user_version = ${VERSION}`);
      }).immediate();
    }
    // Each throws where a table, or a column of it, is not what this version knows.
    for (const sql of LOOKS) db.prepare(sql).get();
    if (db.prepare('SELECT 1 FROM head').get() === undefined) throw new Error('no head');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** In the place of one that was set aside before: one is enough to look into what happened. */
function setAside(path: string): void {
  for (const end of ['', '-wal', '-shm']) {
    rmSync(`${path}.aside${end}`, { force: true });
    try {
      renameSync(path + end, `${path}.aside${end}`);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

/**
 * Leaflets have a file of their own: nothing about them ever makes the ledger wait. One that is damaged or of another version is
 * set aside and begun anew. Null where there can't be one: the terminal goes on without leaflets.
 */
export function openContentDatabase(path: string, log: Log): Database.Database | null {
  try {
    return open(path);
  } catch (error) {
    log.error({ fault: describe(error), path }, 'the file of the leaflets can’t be used; it is set aside');
  }
  try {
    setAside(path);
    return open(path);
  } catch (error) {
    log.error({ fault: describe(error), path }, 'leaflets can’t be kept here; everything else goes on');
    return null;
  }
}

/** Deletes it with all that belongs to it. Done twice it is done. */
export function wipeContentDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) {
    rmSync(path + end, { force: true });
    rmSync(`${path}.aside${end}`, { force: true });
  }
}
