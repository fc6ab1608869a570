import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, onTestFinished, test } from 'vitest';
import { v7 } from 'uuid';
import { type DatabaseChoice, openServerDatabase, type ServerDatabase } from '#server/store/database.ts';
import { createEventLog } from '#server/store/event-log.ts';
import { migrations } from '#server/store/migrations.ts';
import { rebuildProjections } from '#server/store/rebuild.ts';
import { seedDrafts, TEN_O_CLOCK } from '../../fixtures/ledger-world.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';

const freshDatabase = useDatabases();

const addNote: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('events').addColumn('note', 'text').execute();
  },
};
/** Does much, and then what can't be done. */
const failing: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.createTable('later').addColumn('x', 'text').execute();
    await sql`DELETE FROM events`.execute(db);
    await sql`INSERT INTO nowhere VALUES (1)`.execute(db);
  },
};

async function opened(choice: DatabaseChoice, more: Record<string, Migration> = {}): Promise<ServerDatabase> {
  const database = await openServerDatabase(choice, { ...migrations(choice.kind), ...more });
  onTestFinished(() => database.close());
  return database;
}

async function withEvents(choice: DatabaseChoice): Promise<void> {
  const database = await opened(choice);
  await createEventLog({ database, now: () => TEN_O_CLOCK, newId: () => v7() }).append(seedDrafts());
}

async function eventsIn({ db }: ServerDatabase): Promise<number> {
  return (await db.selectFrom('events').select('id').execute()).length;
}

async function ran({ db }: ServerDatabase): Promise<string[]> {
  const rows = await db.selectFrom('kysely_migration').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}

/** Names of the copies, and how many events the newest of them has. */
async function copies(choice: DatabaseChoice, { db }: ServerDatabase): Promise<{ names: string[]; events: number }> {
  if (choice.kind === 'sqlite') {
    const folder = join(dirname(choice.path), 'backups');
    const files = readdirSync(folder).toSorted();
    const copy = new Sqlite(join(folder, files.at(-1) ?? ''), { readonly: true });
    const events = Number(copy.prepare('SELECT count(*) FROM events').pluck().get());
    copy.close();
    return { names: files.map((name) => name.replace(/^server-\d{8}T\d{9}Z-before-(.*)\.sqlite$/, '$1')), events };
  }
  const { rows } = await sql<{ name: string }>`
    SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'before%' ORDER BY nspname`.execute(db);
  const newest = rows.at(-1)?.name ?? '';
  const counted = await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.id(newest)}.events`.execute(db);
  return { names: rows.map(({ name }) => name.slice('before_'.length)), events: Number(counted.rows[0]?.n) };
}

describe.each(DATABASE_KINDS)('migrations on %s', (kind) => {
  test('one that fails leaves the database as it was, and is named', async () => {
    const choice = await freshDatabase(kind);
    await withEvents(choice);
    await expect(opened(choice, { '9001-failing': failing })).rejects.toThrow(/^migration 9001-failing: .*nowhere/);
    const after = await opened(choice);
    expect(await eventsIn(after)).toBe(9);
    expect(await ran(after)).toEqual(Object.keys(migrations(kind)));
    const tables = (await after.db.introspection.getTables()).map(({ name }) => name);
    expect(tables).toContain('events');
    expect(tables).not.toContain('later');
  });

  test('each has a transaction of its own: what came before a failing one stays', async () => {
    const choice = await freshDatabase(kind);
    await withEvents(choice);
    const both = { '9000-note': addNote, '9001-failing': failing };
    await expect(opened(choice, both)).rejects.toThrow(/^migration 9001-failing/);
    const after = await opened(choice, { '9000-note': addNote });
    expect((await ran(after)).at(-1)).toBe('9000-note');
    await sql`UPDATE events SET note = 'x'`.execute(after.db);
  });

  test('before it runs there is a copy of the data', async () => {
    const choice = await freshDatabase(kind);
    await withEvents(choice);
    const after = await opened(choice, { '9000-note': addNote });
    expect(await copies(choice, after)).toEqual({ names: ['9000-note'], events: 9 });
  });

  test('the newest copies are kept', async () => {
    const choice = await freshDatabase(kind);
    await withEvents(choice);
    const nothing: Migration = { up: () => Promise.resolve() };
    const more: Record<string, Migration> = {};
    let last = await opened(choice);
    for (const name of ['9001-a', '9002-b', '9003-c', '9004-d']) {
      more[name] = nothing;
      last = await opened(choice, more);
    }
    const { names } = await copies(choice, last);
    expect(names).toEqual(kind === 'sqlite' ? ['9002-b', '9003-c', '9004-d'] : ['9003-c', '9004-d']);
  });

  test.skipIf(kind === 'sqlite')('two servers that start at once run each once', async () => {
    const choice = await freshDatabase(kind);
    await withEvents(choice);
    const starts = await Promise.allSettled([1, 2].map(() => opened(choice, { '9000-note': addNote })));
    expect(starts.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  test('a database of a later version is left alone, and said to be one', async () => {
    const choice = await freshDatabase(kind);
    await opened(choice, { '9000-note': addNote });
    await expect(opened(choice)).rejects.toThrow(/later version.*9000-note/);
  });

  test('the projection can be made anew from the log', async () => {
    const choice = await freshDatabase(kind);
    await withEvents(choice);
    const database = await opened(choice);
    expect((await database.exclusive(rebuildProjections)).differing).toEqual([]);
    await database.db.deleteFrom('subjects').where('subject', '=', 'item:HF-000001').execute();
    await database.db.updateTable('subjects').set({ status: 'lost' }).where('subject', '=', 'item:HF-000002').execute();
    const { subjects, differing } = await database.exclusive(rebuildProjections);
    expect([subjects, differing]).toEqual([9, ['item:HF-000001', 'item:HF-000002']]);
    expect((await database.exclusive(rebuildProjections)).differing).toEqual([]);
  });
});
