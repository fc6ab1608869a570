import Sqlite from 'better-sqlite3';
import { Kysely, PostgresDialect, sql, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createEnrolment } from '#server/identity/enrolment.ts';
import { type DatabaseChoice, openServerDatabase } from '#server/store/database.ts';
import { migrations } from '#server/store/migrations.ts';
import { createTerminals } from '#server/store/terminals.ts';
import { COMMUNITY_KEY } from '../../fixtures/ledger-world.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';

const freshDatabase = useDatabases();

/** A database as the version before keys has left it. */
async function fromBefore(choice: DatabaseChoice): Promise<void> {
  const dialect =
    choice.kind === 'sqlite'
      ? new SqliteDialect({ database: new Sqlite(choice.path) })
      : new PostgresDialect({ pool: new Pool({ connectionString: choice.url }) });
  const db = new Kysely<unknown>({ dialect });
  const before = Object.entries(migrations(choice.kind)).filter(([name]) => name < '0005');
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(before)) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  await sql`INSERT INTO terminals (id, station, token_hash, heard_ms) VALUES ('LD-1', 'LD', 'abc', 1000)`.execute(db);
  await sql`INSERT INTO writers (writer, acked, head_hash) VALUES ('LD-1', 7, 'def')`.execute(db);
  await db.destroy();
}

describe.each(DATABASE_KINDS)('a database from before there were keys on %s', (kind) => {
  test('keeps its terminals, and each is enrolled anew under its old name', async () => {
    const choice = await freshDatabase(kind);
    await fromBefore(choice);
    const database = await openServerDatabase(choice);
    onTestFinished(() => database.close());
    const now = () => 5000;
    const terminals = createTerminals(database, now);
    const known = { id: 'LD-1', station: 'LD', keyStore: 'file', revokedMs: null, heardMs: 1000 };
    expect(await terminals.list()).toEqual([{ ...known, device: '', keyid: null, enrolledMs: null }]);
    const enrolment = createEnrolment({ database, terminals, now, communityKey: COMMUNITY_KEY });
    const { enrolled, keyid } = testIdentity(now);
    const { code } = await enrolment.issue({ station: 'LD', terminal: 'LD-1' });
    const answer = await enrolment.enrol({ ...enrolled, code }, '127.0.0.1');
    expect(answer).toMatchObject({ ok: true, value: { terminal: 'LD-1' } });
    expect(await terminals.list()).toEqual([{ ...known, device: 'test', keyid, enrolledMs: 5000 }]);
    expect(await database.db.selectFrom('writers').selectAll().execute()).toMatchObject([{ writer: 'LD-1', acked: 7 }]);
  });
});
