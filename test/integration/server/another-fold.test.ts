import { expect, onTestFinished, test } from 'vitest';
import { v7 } from 'uuid';
import { openServerDatabase } from '#server/store/database.ts';
import { createEventLog } from '#server/store/event-log.ts';
import { pulled, seedDrafts, terminalWorld, eventWriter, TEN_O_CLOCK } from '../../fixtures/ledger-world.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';

const freshDatabase = useDatabases();

test.each(DATABASE_KINDS)('a server on %s makes states of an older version anew from its log', async (kind) => {
  const database = await openServerDatabase(await freshDatabase(kind));
  onTestFinished(() => database.close());
  const log = createEventLog({ database, now: () => TEN_O_CLOCK, newId: () => v7() });
  await log.bringUpToDate();
  await log.append(seedDrafts());
  const { db } = database;
  const states = () => db.selectFrom('subjects').selectAll().orderBy('subject').execute();
  const before = await states();
  await db.updateTable('subjects').set({ state: '{"kind":"item"}', status: null }).execute();
  await db
    .insertInto('subjects')
    .values({ ...before[0]!, subject: 'item:HF-999999' })
    .execute();
  await log.bringUpToDate();
  expect(await states()).not.toEqual(before);
  await db.updateTable('log').set({ fold: 1 }).execute();
  await log.bringUpToDate();
  expect(await states()).toEqual(before);
});

test('a terminal makes states of an older version anew from its log, and asks for history that it lacks', () => {
  const first = terminalWorld();
  first.ledger.takeIn(pulled(seedDrafts().map(eventWriter('server', null)), 9));
  const states = (db: typeof first.db) => db.prepare<[]>('SELECT * FROM subjects ORDER BY subject').all();
  const before = states(first.db);
  first.db.exec(`UPDATE subjects SET state = '{"kind":"item"}', status = NULL; UPDATE head SET fold = 1`);
  first.db.exec(`UPDATE subjects SET base = 1 WHERE subject = 'type:umbrella'`);
  first.db.close();

  const second = terminalWorld({ path: first.path });
  expect(second.ledger.incomplete()).toBe('type:umbrella');
  second.ledger.takeHistory('type:umbrella', [], false);
  expect(states(second.db)).toEqual(before);
  expect(second.ledger.incomplete()).toBeNull();
});
