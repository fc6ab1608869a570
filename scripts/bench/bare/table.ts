import type { Database } from 'better-sqlite3';
import { z } from 'zod';

const idSchema = z.object({ id: z.string() });
const rowSchema = z.object({ json: z.string() });

/** One table of JSON texts in the order of their arrival; an insert is on the disk when it returns. */
export function openBare(db: Database) {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(
    'CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL) STRICT',
  );
  const insert = db.prepare('INSERT INTO events (id, json) VALUES (?, ?)');
  const select = db.prepare('SELECT json FROM events WHERE seq > ? ORDER BY seq LIMIT ?');
  return {
    insert: db.transaction((lines: readonly string[]) => {
      for (const line of lines) insert.run(idSchema.parse(JSON.parse(line)).id, line);
    }),
    select: (after: number, limit: number): string[] =>
      select.all(after, limit).map((row) => rowSchema.parse(row).json),
  };
}
