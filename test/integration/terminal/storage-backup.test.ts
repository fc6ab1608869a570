import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { backUp } from '#electron/store/backup.ts';
import { backupFolder, listBackups } from '#electron/store/backup-files.ts';
import { checkApart } from '#electron/store/check-apart.ts';
import { draftReturned } from '#electron/core/lending/drafts.ts';
import { seededTerminalWorld } from '../../fixtures/ledger-world.ts';
import { filesAfterPowerCut, layOut, NIGHT, ownEvents, start } from './storage-world.ts';

const DAY = 86_400_000;
const never = new AbortController().signal;

it('a week of daily backups is kept, and half a backup is cleared away', async () => {
  const { db, path } = seededTerminalWorld();
  for (let day = 0; day < 9; day += 1) {
    const deps = { now: () => NIGHT + day * DAY, freeBytes: () => 1e12, check: checkApart };
    expect((await backUp(db, deps, never)).ok).toBe(true);
    writeFileSync(join(backupFolder(path), 'terminal-20261101T000000000Z-v2-daily.sqlite.tmp'), 'half');
  }
  const kept = listBackups(path).map(({ ms }) => (ms - NIGHT) / DAY);
  expect(kept).toEqual([8, 7, 6, 5, 4, 3, 2]);
  expect(readdirSync(backupFolder(path)).filter((name) => !name.endsWith('.sqlite'))).toHaveLength(1);
});

it('the terminal records on while its backup is made, and the backup is of one moment', async () => {
  const { db, path, ledger } = seededTerminalWorld();
  for (let at = 0; at < 200; at += 1) ledger.append([draftReturned('HF-000001', 'LD', null, null)]);
  let meanwhile = 0;
  const timer = setInterval(() => {
    ledger.append([draftReturned('HF-000002', 'LD', null, null)]);
    meanwhile += 1;
  }, 1);
  const made = await backUp(db, { now: () => NIGHT, freeBytes: () => 1e12, check: checkApart }, never);
  clearInterval(timer);
  expect(made.ok).toBe(true);
  expect(meanwhile).toBeGreaterThan(0);
  const [backup] = listBackups(path);
  expect(await checkApart(backup?.path ?? '', never)).toMatchObject({ kind: 'sound' });
});

it('where the disk is short there is no backup, and those that are there stay', async () => {
  const { db, path } = seededTerminalWorld();
  const deps = { now: () => NIGHT, freeBytes: () => 1e12, check: checkApart };
  await backUp(db, deps, never);
  const short = await backUp(db, { ...deps, now: () => NIGHT + DAY, freeBytes: () => 1e6 }, never);
  expect(short).toMatchObject({ ok: false, error: { kind: 'disk-short', freeBytes: 1e6 } });
  expect(listBackups(path)).toHaveLength(1);
});

it('a backup of a database that is damaged where nobody has looked is not taken for one', async () => {
  const files = await filesAfterPowerCut({ before: 60, inFile: 0, inWal: 0, backup: false });
  const path = layOut(files);
  const { db } = start(path);
  // An event in the middle of the log is another one than the chain says.
  db.exec("UPDATE events SET json = replace(json, 'HF-00000', 'HF-00009') WHERE terminal = 'LD-1' AND n = 5");
  const made = await backUp(db, { now: () => NIGHT, freeBytes: () => 1e12, check: checkApart }, never);
  expect(made).toMatchObject({ ok: false, error: { kind: 'not-sound' } });
  expect(listBackups(path)).toEqual([]);
  expect(ownEvents(db)).toHaveLength(60);
});

it('one that is called off leaves nothing behind', async () => {
  const { db, path } = seededTerminalWorld();
  const stopping = new AbortController();
  stopping.abort();
  const made = await backUp(db, { now: () => NIGHT, freeBytes: () => 1e12, check: checkApart }, stopping.signal);
  expect(made).toMatchObject({ ok: false, error: { kind: 'failed' } });
  expect(readdirSync(backupFolder(path))).toEqual([]);
});
