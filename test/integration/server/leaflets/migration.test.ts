import Sqlite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createContentFiles } from '#server/leaflets/files.ts';
import { createLeaflets } from '#server/leaflets/leaflets.ts';
import { type DatabaseChoice, openServerDatabase } from '#server/store/database.ts';
import { migrations } from '#server/store/migrations.ts';
import { DATABASE_KINDS, useDatabases } from '../databases.ts';
import { madeUpFile, notice } from './leaflet-world.ts';

const freshDatabase = useDatabases();
const LEAFLET = '01990000-0000-7000-8000-000000000001';
const PICTURE = madeUpFile('image/webp', 'a');

/** A database as the version that first had leaflets has left it. */
async function fromBefore(choice: DatabaseChoice): Promise<void> {
  const dialect =
    choice.kind === 'sqlite'
      ? new SqliteDialect({ database: new Sqlite(choice.path) })
      : new PostgresDialect({ pool: new Pool({ connectionString: choice.url }) });
  const db = new Kysely<{ leaflet_versions: Record<string, unknown>; content_files: Record<string, unknown> }>({
    dialect,
  });
  const before = Object.entries(migrations(choice.kind)).filter(([name]) => name < '0008');
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(before)) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  await db
    .insertInto('leaflet_versions')
    .values({
      leaflet: LEAFLET,
      version: 1,
      state: 'approved',
      content: JSON.stringify(notice('垃圾分类')),
      author: 'editor',
      changed_ms: 1000,
      revision: 3,
      approver: 'reviewer',
      approved_ms: 1000,
      remark: null,
      writers: JSON.stringify(['editor', 'admin']),
    })
    .execute();
  const file = { hash: PICTURE.hash, file: JSON.stringify(PICTURE), added_ms: 500 };
  await db.insertInto('content_files').values(file).execute();
  await db.destroy();
}

describe.each(DATABASE_KINDS)('a database of the first leaflets on %s', (kind) => {
  test('keeps them, who wrote them, and their files', async () => {
    const choice = await freshDatabase(kind);
    await fromBefore(choice);
    const database = await openServerDatabase(choice);
    onTestFinished(() => database.close());
    const leaflets = createLeaflets({ database, now: () => 5000, newId: () => LEAFLET });
    expect(await leaflets.versions(LEAFLET)).toMatchObject([
      { state: 'approved', content: notice('垃圾分类'), writers: ['editor', 'admin'], approvedMs: 1000, revision: 3 },
    ]);
    const list = { page: 1, pageSize: 20, sort: 'title', descending: false } as const;
    expect((await leaflets.list({ ...list, search: 'ljfl' })).total).toBe(1);
    expect(await leaflets.publishable()).toMatchObject([{ leaflet: LEAFLET, version: 1 }]);
    expect(await createContentFiles(database, () => 0).find(PICTURE.hash)).toEqual({ file: PICTURE, name: '' });
  });
});
