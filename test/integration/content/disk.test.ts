import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { pino } from 'pino';
import { openContentDatabase } from '#electron/store/content-database.ts';
import { fileBytes, pictureOf, testLeaflet } from '../../fixtures/leaflets.ts';
import { contentWorld } from './content-world.ts';

const A = fileBytes(300_000, 1);
const B = fileBytes(400_000, 2);

test('a disk that is too small: refused before a byte of it came, and tried again when there is room', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1, [A])], [A]);
  const terminal = world.start({ quotaBytes: 500_000 });
  await world.shows(terminal, 1);
  await world.server.publish(2, [testLeaflet(2, [B])], [B]);
  terminal.poke();
  const report = await world.reported({ state: 'refused', release: 2, why: 'no-room' });
  expect(report).toMatchObject({ showing: { release: 1 }, stale: false });
  expect(world.server.sentBytes()).toBe(A.length);
  expect(terminal.view().release).toBe(1);
  await terminal.stop();
  const larger = world.start();
  await world.shows(larger, 2);
});

test.each(['half of it', 'rubbish', 'rubbish in the middle', 'another version', 'no tables', 'an empty file'])(
  'its file is damaged (%s): set aside and begun anew, and the files that are here are not fetched again',
  async (damage) => {
    const world = await contentWorld();
    await world.server.publish(1, [testLeaflet(1, [A])], [A]);
    const terminal = world.start();
    await world.shows(terminal, 1);
    await terminal.stop();
    const path = join(world.terminalFolder, 'content.sqlite');
    const bytes = readFileSync(path);
    if (damage === 'half of it') truncateSync(path, Math.floor(bytes.length / 8192) * 4096);
    if (damage === 'rubbish') writeFileSync(path, fileBytes(bytes.length, 3));
    if (damage === 'rubbish in the middle') writeFileSync(path, bytes.fill(0xa5, 4096, bytes.length - 4096));
    if (damage === 'another version') {
      const db = new Database(path);
      db.pragma('user_version = 99');
      db.close();
    }
    if (damage === 'no tables') {
      const db = new Database(path);
      db.pragma('foreign_keys = OFF');
      db.exec('DROP TABLE receipts');
      db.close();
    }
    if (damage === 'an empty file') writeFileSync(path, '');
    const later = world.start();
    await world.shows(later, 1);
    expect(existsSync(`${path}.aside`)).toBe(damage !== 'an empty file');
    expect(world.server.sentBytes()).toBe(A.length);
  },
);

test('where there can’t be a file there are no leaflets, and nothing else is said', () => {
  const log = pino({ level: 'silent' });
  expect(openContentDatabase('/proc/nowhere/content.sqlite', log)).toBeNull();
});

test('a file that has gone from the disk comes again after the next start', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1, [A])], [A]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  await terminal.stop();
  const path = join(world.terminalFolder, 'blobs', pictureOf(A).hash);
  writeFileSync(path, A.subarray(0, 1000));
  mkdirSync(join(world.terminalFolder, 'content-scratch', 'tuf', 'root.json'), { recursive: true });
  const later = world.start();
  await world.shows(later, 1);
  await expect.poll(() => readFileSync(path).equals(A)).toBe(true);
});
