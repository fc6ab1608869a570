import Database from 'better-sqlite3';
import { z } from 'zod';
import { CHAIN_EMPTY, hashEvent } from '#shared/ledger/chain.ts';
import { eventSchema } from '#shared/ledger/event.ts';
import { readHead } from '#electron/store/integrity.ts';
import { compareProjections, rebuildProjections } from '#electron/store/rebuild.ts';
import { openForReading } from './event-files.ts';
import { createChainWalk, type Finding, foldsFinding, loansFinding } from './finding.ts';

const countRow = z.object({ count: z.int() });
const jsonRow = z.object({ json: z.string() });

/** What the file itself says of its pages. */
export function integrityFinding(db: Database.Database): Finding {
  const answer = String(db.pragma('integrity_check', { simple: true }));
  return { check: 'integrity', ok: answer === 'ok', detail: answer };
}

/** Whether a SQLite file is a terminal's: only those have a head. */
export function isTerminalFile(path: string): boolean {
  const db = openForReading(path);
  try {
    return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'head'").get() !== undefined;
  } finally {
    db.close();
  }
}

function chains(db: Database.Database): Finding[] {
  const head = readHead(db);
  const walk = createChainWalk(CHAIN_EMPTY, (writer) => writer === head?.writer);
  let last = CHAIN_EMPTY;
  for (const row of db.prepare('SELECT json FROM events ORDER BY terminal, n').iterate()) {
    const event = eventSchema.parse(JSON.parse(jsonRow.parse(row).json));
    const hash = hashEvent(event);
    if (event.terminal === head?.writer) last = { n: event.n, hash };
    walk.add({ terminal: event.terminal, n: event.n, hash, prev: event.prev });
  }
  const ok = head === null || (head.n === last.n && head.hash === last.hash);
  return [...walk.end(), { check: 'head', ok, detail: head === null ? 'none' : `${head.writer} at n ${head.n}` }];
}

function count(db: Database.Database, sql: string): number {
  return countRow.parse(db.prepare(sql).get()).count;
}

/** All checks of a terminal's file. Only reads, unless the projections are to be made anew. */
export function verifyTerminalFile(path: string, rebuild: boolean): Finding[] {
  const db = rebuild ? new Database(path, { fileMustExist: true }) : openForReading(path);
  try {
    const folds = rebuild ? rebuildProjections(db) : compareProjections(db);
    const open = count(
      db,
      "SELECT count(*) AS count FROM subjects WHERE kind = 'item' AND json_extract(state, '$.loan') IS NOT NULL",
    );
    const onLoan = count(db, "SELECT count(*) AS count FROM subjects WHERE kind = 'item' AND status = 'on-loan'");
    return [integrityFinding(db), ...chains(db), foldsFinding(folds, rebuild), loansFinding(open, onLoan)];
  } finally {
    db.close();
  }
}
