import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';

const rowSchema = z.object({ seq: z.int(), json: z.string() });

/** Opens a terminal's or a server's SQLite file for reading only; the file must be there. */
export function openForReading(path: string): Database.Database {
  return new Database(path, { readonly: true, fileMustExist: true });
}

/** The log in a database, in the order in which it was written. Both kinds keep `seq` and the event's JSON. */
export function* eventsOf(db: Database.Database, since: number): Generator<{ seq: number; event: LedgerEvent }> {
  for (const row of db.prepare('SELECT seq, json FROM events WHERE seq > ? ORDER BY seq').iterate(since)) {
    const { seq, json } = rowSchema.parse(row);
    yield { seq, event: eventSchema.parse(JSON.parse(json)) };
  }
}

/** Events from a file of JSON lines. Lines that the `events` tool printed have a `seq` beside; it is left out. */
export function eventsFromFile(path: string): LedgerEvent[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const { seq: _, ...event } = z.looseObject({}).parse(JSON.parse(line));
      const parsed = eventSchema.safeParse(event);
      if (!parsed.success) throw new Error(`line ${index + 1}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    });
}
