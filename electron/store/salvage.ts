import Database from 'better-sqlite3';
import { z } from 'zod';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { parseHlc, witness } from '#shared/ledger/clock.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { deviceOf } from '#shared/ledger/writer.ts';
import { createEventStore } from './event-store.ts';
import type { Head } from './head.ts';
import { readHead, sizeOf } from './integrity.ts';
import { refoldSubject } from './rebuild.ts';
import { emptyHead, hashOf, latestWriter, planSalvage, type SalvagePlan, type WriterHead } from './salvage-plan.ts';
import { readStoredEvent, scanEvents } from './scan-events.ts';

const jsonRow = z.object({ json: z.string() });

/** Ways into the log's table: where one of them is damaged, another may not be. */
const WAYS = [
  'SELECT json FROM events WHERE terminal >= @device AND terminal < @end ORDER BY terminal, n',
  'SELECT json FROM events WHERE terminal >= @device AND terminal < @end ORDER BY terminal DESC, n DESC',
  'SELECT json FROM events NOT INDEXED ORDER BY seq',
  'SELECT json FROM events NOT INDEXED ORDER BY seq DESC',
];

/** Whatever SQLite still gives out of a damaged file, up to where it stops. The file is not changed. */
function* askSqlite<T>(path: string, question: (db: Database.Database) => Iterable<T>): Generator<T> {
  // SQLite would remove the log of an empty file.
  if (sizeOf(path) === 0) return;
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    yield* question(db);
  } catch {
    // That much and no more.
  } finally {
    db?.close();
  }
}

/** What a damaged database says its head is; null where that can't be read. */
export function claimedHead(path: string): WriterHead | null {
  const [head] = askSqlite(path, (db) => [readHead(db)]);
  return head ?? null;
}

/** Own events that can be read in any of the files, by SQLite or without it, in any order and more than once. */
export function* readableEvents(paths: readonly string[], device: string): Generator<LedgerEvent> {
  const own = `"terminal":"${device}`;
  const isOwn = (event: LedgerEvent) => deviceOf(event.terminal) === device;
  for (const path of paths) {
    for (const part of [path, `${path}-wal`]) {
      if (sizeOf(part) === 0) continue;
      for (const event of scanEvents(part, (json) => json.includes(own))) if (isOwn(event)) yield event;
    }
    // Long events lie in pieces: only SQLite knows where.
    for (const way of WAYS) {
      const parameters = way.includes('@device') ? [{ device, end: `${device}~` }] : [];
      const rows = askSqlite(path, (db) => db.prepare(way).iterate(...parameters));
      for (const row of rows) {
        const parsed = jsonRow.safeParse(row);
        const event = parsed.success && parsed.data.json.includes(own) ? readStoredEvent(parsed.data.json) : null;
        if (event !== null && isOwn(event)) yield event;
      }
    }
  }
}

export interface Salvaged {
  readonly count: number;
  readonly complete: boolean;
}

/**
 * Puts own events back into a database that took a damaged one's place, and the head behind them; in one transaction.
 * Nothing of it counts as acknowledged by the server: it is asked about all of it.
 */
export function salvageInto(
  db: Database.Database,
  device: string,
  claim: WriterHead | null,
  readable: Iterable<LedgerEvent>,
): Salvaged {
  const store = createEventStore(db, device);
  const foldHere = db.prepare('SELECT fold FROM head').pluck();
  const setFold = db.prepare('UPDATE head SET fold = ?');
  const idHere = db.prepare('SELECT 1 FROM events WHERE id = ?');
  return db.transaction(() => {
    const known = readHead(db);
    // Gone through once or twice: kept only where there is no backup, and so no writer to go by.
    const events = known === null ? [...readable] : readable;
    const head = known ?? emptyHead(claim?.writer ?? latestWriter(events, device));
    const plan = planSalvage({ head, claim, has: (id) => idHere.get(id) !== undefined, readable: events });
    append(plan);
    return { count: plan.links.length + plan.loose.length, complete: plan.complete };

    function append({ links, loose }: SalvagePlan): void {
      if (links.length + loose.length === 0) return;
      const before = store.head.read();
      let next: Head = { ...before, writer: head.writer };
      const put = (event: LedgerEvent) => {
        const json = canonicalJson(event);
        if (!store.insert({ event, json }, next.round)) throw new Error(`no place for event ${event.n}`);
        const hlc = witness(next.hlc, parseHlc(event.hlc));
        next = { ...next, n: event.n, hash: hashOf(json), hlc };
      };
      for (const event of links) put(event);
      for (const event of loose) {
        const hlc = event.hlc.replace(/[^.]*$/, next.writer);
        put({ ...event, terminal: next.writer, n: next.n + 1, prev: next.hash, hlc });
      }
      const fold = foldHere.get();
      store.head.write(next);
      // The states are still those of the fold that made them: the ledger makes them anew where it is another one.
      if (fold !== undefined) setFold.run(fold);
      for (const subject of new Set([...links, ...loose].map((event) => event.subject))) refoldSubject(store, subject);
    }
  })();
}
