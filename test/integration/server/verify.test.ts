import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { verifyServer } from '../../../scripts/tool/verify-server.ts';
import { seedDrafts } from '../../fixtures/ledger-world.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { startServer } from './server-world.ts';

const freshDatabase = useDatabases();

describe.each(DATABASE_KINDS)('verify of a server’s database on %s', (kind) => {
  async function seeded() {
    const choice = await freshDatabase(kind);
    const { server } = await startServer(choice);
    await server.log.append(seedDrafts());
    const failing = async (rebuild = false) =>
      (await verifyServer(choice, rebuild)).filter(({ ok }) => !ok).map(({ check }) => check);
    return { db: server.database.db, choice, failing };
  }

  test('is clean on a sound one, while the server runs', async () => {
    const { choice } = await seeded();
    const findings = await verifyServer(choice, false);
    expect(findings.map(({ check, ok }) => [check, ok])).toEqual([
      ...(kind === 'sqlite' ? [['integrity', true]] : []),
      [expect.stringMatching(/^chain server/), true],
      ['places', true],
      ['loans', true],
      ['audit', true],
      ['folds', true],
    ]);
  });

  test('notices an event that was taken away', async () => {
    const { db, failing } = await seeded();
    await sql`delete from events where n = 2`.execute(db);
    expect(await failing()).toEqual(expect.arrayContaining([expect.stringMatching(/^chain server/), 'places']));
  });

  test('notices an item on loan that nobody borrowed; --rebuild makes the states anew', async () => {
    const { db, failing } = await seeded();
    await sql`update subjects set status = 'on-loan' where subject = 'item:HF-000001'`.execute(db);
    expect(await failing()).toContain('loans');
    expect(await failing(true)).not.toContain('folds');
    expect(await failing()).toEqual([]);
  });
});
