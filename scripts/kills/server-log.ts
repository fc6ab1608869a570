import { rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { z } from 'zod';

/** What stands in the server's database, on either kind. */
export interface ServerRows {
  readonly events: readonly { readonly seq: number; readonly json: string }[];
  /** What was refused and keeps its place in a chain. */
  readonly aside: readonly { readonly writer: string; readonly n: number; readonly hash: string }[];
}

const number = z.coerce.number().int();
const eventRows = z.array(
  z.object({ seq: number, terminal: z.string(), n: number, subject: z.string(), json: z.string() }),
);
const asideRows = z.array(z.object({ writer: z.string(), n: number, hash: z.string() }));
const subjectRows = z.array(
  z.object({ subject: z.string(), kind: z.string(), status: z.string().nullable(), state: z.string() }),
);

const EVENTS = 'SELECT seq, terminal, n, subject, json FROM events ORDER BY seq';
const ASIDE = 'SELECT writer, n, hash FROM quarantine WHERE n IS NOT NULL ORDER BY writer, n';
const SUBJECTS = 'SELECT subject, kind, status, state FROM subjects';

export function readSqlite(path: string): ServerRows {
  const db = new Sqlite(path, { readonly: true, fileMustExist: true });
  try {
    return { events: eventRows.parse(db.prepare(EVENTS).all()), aside: asideRows.parse(db.prepare(ASIDE).all()) };
  } finally {
    db.close();
  }
}

/**
 * Reads a server's PostgreSQL, and lays log, states and quarantine into an SQLite file, so that `verify` looks at them as
 * at any other.
 */
export async function readPostgres(url: string, copyTo: string): Promise<ServerRows> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const events = eventRows.parse((await client.query(EVENTS)).rows);
    const aside = asideRows.parse((await client.query(ASIDE)).rows);
    const subjects = subjectRows.parse((await client.query(SUBJECTS)).rows);
    rmSync(copyTo, { force: true });
    const copy = new Sqlite(copyTo);
    copy.exec(`
      CREATE TABLE events (seq INTEGER PRIMARY KEY, terminal TEXT, n INTEGER, subject TEXT, json TEXT NOT NULL);
      CREATE INDEX events_by_subject ON events (subject);
      CREATE TABLE subjects (subject TEXT PRIMARY KEY, kind TEXT, status TEXT, state TEXT NOT NULL);
      CREATE TABLE quarantine (writer TEXT, n INTEGER, hash TEXT);
    `);
    const event = copy.prepare('INSERT INTO events VALUES (@seq, @terminal, @n, @subject, @json)');
    const subject = copy.prepare('INSERT INTO subjects VALUES (@subject, @kind, @status, @state)');
    const place = copy.prepare('INSERT INTO quarantine VALUES (@writer, @n, @hash)');
    copy.transaction(() => {
      for (const row of events) event.run(row);
      for (const row of subjects) subject.run(row);
      for (const row of aside) place.run(row);
    })();
    copy.close();
    return { events, aside };
  } finally {
    await client.end();
  }
}
