import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { listBackups } from '#electron/store/backup-files.ts';
import { inspectDatabase } from '#electron/store/integrity.ts';
import { filesAfterPowerCut, layOut, ownEvents, start } from './storage-world.ts';

const CHILD = join(import.meta.dirname, 'storage-child.ts');

it('killed at every step of mending a database, the next start goes on, and nothing is lost', async () => {
  const files = await filesAfterPowerCut({ before: 20, inFile: 20, inWal: 6 });
  const wal = Buffer.from(files.wal);
  // The first frame: everything in the write-ahead log is behind the damage.
  wal[32 + 24 + 50] = (wal[32 + 24 + 50] ?? 0) ^ 8;
  let killed = 0;
  for (let step = 1; ; step += 1) {
    const path = layOut({ ...files, wal });
    const { signal, status, stderr } = spawnSync(process.execPath, [CHILD, 'restore', path, String(step)], {
      encoding: 'utf8',
    });
    expect(signal === null ? [status, stderr] : [0, '']).toEqual([0, '']);
    if (signal === null) break;
    killed += 1;
    const { db, report } = start(path);
    expect(report, `killed at step ${step}`).toMatchObject({ what: 'restored' });
    expect(
      ownEvents(db).map(({ id }) => id),
      `killed at step ${step}`,
    ).toEqual(files.own.map(({ id }) => id));
    db.close();
    const aside = path.replace(/[^/]*$/, report.what === 'fine' ? '' : (report.setAside ?? ''));
    expect(readFileSync(aside).equals(files.db)).toBe(true);
    expect(readFileSync(`${aside}-wal`).equals(wal)).toBe(true);
    expect(existsSync(`${path}.restored`)).toBe(false);
  }
  expect(killed).toBeGreaterThan(8);
});

it('killed while it makes backups: each that has a name is whole, and every acknowledged event is there', async () => {
  const { db: bytes, wal } = await filesAfterPowerCut({ before: 300, inFile: 0, inWal: 0, backup: false });
  const path = layOut({ db: bytes, wal, backup: null });
  let acknowledged = 0;
  let backups = 0;
  const failed: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const child = spawn(process.execPath, [CHILD, 'backup', path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    // In every other round one backup is there before the rest is counted: on a busy machine the first takes long.
    let waits = round % 2 === 1;
    let seen = 0;
    lines.on('line', (line) => {
      if (line.startsWith('failed')) failed.push(line);
      else if (line === 'backup') backups += 1;
      else acknowledged = Math.max(acknowledged, Number(line));
      if (line === 'backup') waits = false;
      if (!waits) seen += 1;
      // At another moment of the work in each round.
      if (seen === 20 + round * 7) child.kill('SIGKILL');
    });
    await once(child, 'close');
  }
  const { db, report } = start(path);
  expect([failed, report.what]).toEqual([[], 'fine']);
  expect(ownEvents(db).length).toBeGreaterThanOrEqual(acknowledged);
  expect(backups).toBeGreaterThan(0);
  const kept = listBackups(path);
  expect(kept.length).toBeLessThanOrEqual(7);
  for (const backup of kept) expect(inspectDatabase(backup.path, 'whole')).toMatchObject({ kind: 'sound' });
});
