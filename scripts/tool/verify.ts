import { parseArgs } from 'node:util';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { canonicalJson, CHAIN_EMPTY, chainFault, type ChainHead, hashEvent } from '#shared/ledger/chain.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { fold } from '#shared/ledger/fold.ts';
import { eventsOf, openForReading } from './event-files.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

function integrity(db: Database.Database): Finding {
  const answer = String(db.pragma('integrity_check', { simple: true }));
  return { check: 'integrity', ok: answer === 'ok', detail: answer };
}

/**
 * A terminal's own chain must have no gap. Of other terminals it holds what its scope lets through, so gaps are
 * expected there, and only neighbours are compared.
 */
function chains(events: readonly LedgerEvent[], ownTerminal: string | null): Finding[] {
  const byTerminal = Map.groupBy(events, (event) => event.terminal);
  return [...byTerminal.keys()].sort().map((terminal) => {
    const chain = (byTerminal.get(terminal) ?? []).toSorted((a, b) => a.n - b.n);
    const whole = ownTerminal === null || terminal === ownTerminal;
    let head: ChainHead = CHAIN_EMPTY;
    for (const event of chain) {
      const neighbour = event.n === head.n + 1;
      if (whole || neighbour) {
        const fault = chainFault(head, event);
        if (fault !== null) return { check: `chain ${terminal}`, ok: false, detail: `${fault} at n ${event.n}` };
      }
      head = { n: event.n, hash: hashEvent(event) };
    }
    return { check: `chain ${terminal}`, ok: true, detail: `${chain.length} events, last n ${head.n}` };
  });
}

/** What the projection says of every subject against a fold of the log. */
function folds(db: Database.Database, events: readonly LedgerEvent[]): Finding {
  const rowSchema = z.object({ subject: z.string(), state: z.string() });
  const projected = new Map(
    db
      .prepare('SELECT subject, state FROM subjects')
      .all()
      .map((row) => rowSchema.parse(row))
      .map(({ subject, state }) => [subject, canonicalJson(JSON.parse(state))]),
  );
  const wrong: string[] = [];
  const bySubject = Map.groupBy(events, (event) => event.subject);
  for (const [subject, own] of bySubject) {
    const state = fold(subject, own);
    const wanted = state === null ? undefined : canonicalJson(state);
    if (projected.get(subject) !== wanted) wrong.push(subject);
    projected.delete(subject);
  }
  wrong.push(...projected.keys());
  const detail = wrong.length === 0 ? `${bySubject.size} subjects` : `differs: ${wrong.slice(0, 5).join(', ')}`;
  return { check: 'folds', ok: wrong.length === 0, detail };
}

/** Open loans and items on loan, counted apart: one from the log, one from the projection. */
function loans(db: Database.Database, events: readonly LedgerEvent[]): Finding {
  const countRow = z.object({ count: z.int() });
  const onLoan = countRow.parse(
    db.prepare("SELECT count(*) AS count FROM subjects WHERE kind = 'item' AND status = 'on-loan'").get(),
  ).count;
  let open = 0;
  for (const [subject, own] of Map.groupBy(events, (event) => event.subject)) {
    const state = fold(subject, own);
    if (state?.kind === 'item' && state.loan !== null) open += 1;
  }
  return { check: 'loans', ok: open === onLoan, detail: `${open} open loans, ${onLoan} items on loan` };
}

function ownTerminalOf(db: Database.Database): string | null {
  const isTerminal = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'head'").get() !== undefined;
  if (!isTerminal) return null;
  const row = db.prepare('SELECT writer FROM head').get();
  return row === undefined ? '' : z.object({ writer: z.string() }).parse(row).writer;
}

/** `verify --db FILE`: integrity, chains, folds and loans of a terminal's or a server's SQLite file. Exit 1 if not well. */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const { values } = parseArgs({ args, options: { db: { type: 'string' } } });
  if (values.db === undefined) throw new Error('--db FILE is missing');
  const db = openForReading(values.db);
  const events = [...eventsOf(db, 0)].map(({ event }) => event);
  const findings = [integrity(db), ...chains(events, ownTerminalOf(db)), folds(db, events), loans(db, events)];
  for (const finding of findings) out(finding);
  return findings.every((finding) => finding.ok) ? 0 : 1;
}
