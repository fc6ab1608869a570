import { readFileSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { CHAIN_EMPTY } from '#shared/ledger/chain.ts';
import { eventSchema } from '#shared/ledger/event.ts';
import { MIGRATIONS } from './migrations.ts';
import { hashOf, type WriterHead } from './salvage-plan.ts';
import { commitsBehindDamage } from './wal.ts';

export type OpenFault =
  /** No permission, no such folder, no space, or a migration that failed. `detail` is for the log, not for the screen. */
  | { readonly kind: 'cannot-open'; readonly detail: string }
  /** Written by a later version of this software. */
  | { readonly kind: 'too-new'; readonly detail: string };

/**
 * `head`: the header, the tables' definitions and the last own events, in a time that does not grow with the file.
 * `whole`: every page and every event.
 */
export type Depth = 'head' | 'whole';

export type Inspection =
  | { readonly kind: 'sound'; readonly version: number }
  /** There is nothing yet. */
  | { readonly kind: 'new' }
  /** `rolledBack`: what SQLite makes of the file is sound, but commits that were acknowledged are not in it. */
  | { readonly kind: 'damaged'; readonly rolledBack: boolean; readonly detail: string }
  | OpenFault;

/** Own events looked at in each start. */
const LAST_LINKS = 50;

/** The first version called the writer `terminal`. */
const headRow = z.object({
  writer: z.string().optional(),
  terminal: z.string().optional(),
  n: z.int(),
  hash: z.string(),
});
const linkRow = z.object({
  id: z.string(),
  terminal: z.string(),
  n: z.int(),
  hlc: z.string(),
  subject: z.string(),
  json: z.string(),
});
type Link = z.infer<typeof linkRow>;
const definitionRows = z.array(z.object({ type: z.string(), name: z.string(), sql: z.string().nullable() }));

export function userVersion(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** What the tables look like: all that a database of ours says of itself. */
function definitions(db: Database.Database): string {
  const rows = db
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
    .all();
  return JSON.stringify(definitionRows.parse(rows));
}

function definitionsAt(version: number): string {
  const db = new Database(':memory:');
  try {
    for (const sql of MIGRATIONS.slice(0, version)) db.exec(sql);
    return definitions(db);
  } finally {
    db.close();
  }
}

/** The head row, of whatever version; null before the first event. Throws where the table is damaged. */
export function readHead(db: Database.Database): WriterHead | null {
  const row = db.prepare('SELECT * FROM head WHERE one = 1').get();
  if (row === undefined) return null;
  const { writer, terminal, n, hash } = headRow.parse(row);
  return { writer: z.string().parse(writer ?? terminal), n, hash };
}

/** What is wrong with one row of the log, or the hash that it names as the one before it. */
function readLink({ json, ...columns }: Link): { readonly fault: string } | { readonly prev: string } {
  const place = `event ${columns.n} of ${columns.terminal}`;
  try {
    // As whoever reads the log will parse it.
    const { id, terminal, n, hlc, subject, prev } = eventSchema.parse(JSON.parse(json));
    const same =
      id === columns.id &&
      terminal === columns.terminal &&
      n === columns.n &&
      hlc === columns.hlc &&
      subject === columns.subject;
    return same ? { prev } : { fault: `${place} is filed as another one` };
  } catch {
    return { fault: `${place} can't be read` };
  }
}

/** Whether the head is the last own event, and that one and those before it are a chain. */
function headFault(db: Database.Database): string | null {
  const head = readHead(db);
  if (head === null) {
    return db.prepare('SELECT 1 FROM events LIMIT 1').get() === undefined ? null : 'there are events, and no head';
  }
  const links = db
    .prepare('SELECT id, terminal, n, hlc, subject, json FROM events WHERE terminal = ? ORDER BY n DESC LIMIT ?')
    .all(head.writer, LAST_LINKS)
    .map((row) => linkRow.parse(row));
  let expected = { n: head.n, hash: head.hash };
  for (const link of links) {
    if (link.n !== expected.n) return `event ${expected.n} is not there`;
    const read = readLink(link);
    if ('fault' in read) return read.fault;
    if (hashOf(link.json) !== expected.hash) return `event ${link.n} is another one than the chain says`;
    expected = { n: link.n - 1, hash: read.prev };
  }
  const whole = links.length < LAST_LINKS;
  return whole && (expected.n !== 0 || expected.hash !== CHAIN_EMPTY.hash) ? 'the chain has no beginning' : null;
}

/** Every event; those of the own chain against the one before. Of others there may be gaps, and two versions of a chain. */
function logFault(db: Database.Database): string | null {
  const own = readHead(db)?.writer;
  let before: string = CHAIN_EMPTY.hash;
  for (const row of db
    .prepare('SELECT id, terminal, n, hlc, subject, json FROM events ORDER BY terminal, n')
    .iterate()) {
    const link = linkRow.parse(row);
    const read = readLink(link);
    if ('fault' in read) return read.fault;
    if (link.terminal !== own) continue;
    if (read.prev !== before) return `event ${link.n} does not follow on the one before`;
    before = hashOf(link.json);
  }
  return null;
}

function pagesFault(db: Database.Database): string | null {
  const answer = String(db.pragma('integrity_check(1)', { simple: true }));
  return answer === 'ok' ? null : answer;
}

/** Whether commits lie behind a damaged place of the write-ahead log, so that SQLite does not see them. */
export function hasLostCommits(path: string): boolean {
  const wal = `${path}-wal`;
  return sizeOf(wal) > 0 && commitsBehindDamage(readFileSync(wal)) > 0;
}

/** Bytes of a file; 0 where there is none. Throws where it may not be looked at. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * What stands in the way of the file itself rather than of what is in it: SQLite's result codes, and those of the
 * machine (EACCES, ENOSPC ...). Everything else that goes wrong while looking at a database is damage.
 */
export function cannotOpen(error: unknown): OpenFault | null {
  const barred = /^(SQLITE_(CANTOPEN|PERM|READONLY|BUSY|LOCKED|IOERR|FULL|NOMEM|AUTH)|E[A-Z]+$)/.test(codeOf(error));
  return barred ? { kind: 'cannot-open', detail: describe(error) } : null;
}

export function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function inspectOpen(path: string, db: Database.Database, depth: Depth): Inspection {
  const damaged = (detail: string, rolledBack = false): Inspection => ({ kind: 'damaged', rolledBack, detail });
  const version = userVersion(db);
  const here = definitions(db);
  if (version > MIGRATIONS.length) {
    // A flipped bit of the version does not make a later version's tables.
    return here === definitionsAt(MIGRATIONS.length)
      ? damaged(`schema ${version} with the tables of ${MIGRATIONS.length}`)
      : { kind: 'too-new', detail: `schema ${version}, this version knows ${MIGRATIONS.length}` };
  }
  if (version < 0 || here !== definitionsAt(version)) return damaged(`the tables are not those of schema ${version}`);
  if (version === 0) return { kind: 'new' };
  const fault = headFault(db) ?? (depth === 'whole' ? (pagesFault(db) ?? logFault(db)) : null);
  if (fault !== null) return damaged(fault);
  if (hasLostCommits(path)) return damaged('the write-ahead log is damaged', true);
  return { kind: 'sound', version };
}

/**
 * Looks at a terminal's database without changing it. A file of no bytes is damaged where there is a write-ahead log
 * beside it, else new.
 */
export function inspectDatabase(path: string, depth: Depth): Inspection {
  let db: Database.Database | null = null;
  try {
    if (sizeOf(path) === 0) {
      // SQLite would remove the log of an empty file: it must not so much as look.
      if (sizeOf(`${path}-wal`) === 0) return { kind: 'new' };
      return { kind: 'damaged', rolledBack: false, detail: 'an empty file with a write-ahead log' };
    }
    db = new Database(path, { readonly: true, fileMustExist: true });
    return inspectOpen(path, db, depth);
  } catch (error) {
    return cannotOpen(error) ?? { kind: 'damaged', rolledBack: false, detail: describe(error) };
  } finally {
    db?.close();
  }
}
