import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileBytes, leafletId, pictureOf, testLeaflet } from '../../fixtures/leaflets.ts';
import { contentWorld } from './content-world.ts';

const A = fileBytes(300_000, 1);
const B = fileBytes(200_000, 2);
const C = fileBytes(100_000, 3);

const hashOf = (bytes: Buffer) => pictureOf(bytes).hash;

test('a first release comes, is proved, shown and reported', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1, [A, B]), testLeaflet(2)], [A, B]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  expect(terminal.view()).toMatchObject({ stale: false, toProve: null, confirmed: [] });
  expect(terminal.view().leaflets.map(({ title }) => title.zh)).toEqual(['宣传单1', '宣传单2']);
  await expect.poll(() => world.lastReport()?.showing?.release).toBe(1);
  expect(world.lastReport()).toMatchObject({ progress: { state: 'current' }, screen: 'idle', stale: false });
});

test('what two releases share comes once, and the page can have the files of both', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1, [A, B])], [A, B]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  await world.server.publish(2, [testLeaflet(1, [A, C], { version: 2 })], [C]);
  terminal.poke();
  await world.shows(terminal, 2);
  expect(world.server.sentBytes()).toBe(A.length + B.length + C.length);
  for (const bytes of [A, B, C]) {
    expect(terminal.source.file(hashOf(bytes))).toMatchObject({ type: 'image/webp', bytes: bytes.length });
  }
});

test('the server calls a release back: the one before is shown from the disk, though no file can be had', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1, [A])], [A]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  await world.server.publish(2, [testLeaflet(1, [B], { version: 2 })], [B]);
  terminal.poke();
  await world.shows(terminal, 2);
  world.server.state.mischief = (path) => (path.startsWith('/blobs/') ? 503 : null);
  const asked = world.server.sentBytes();
  world.server.point(1);
  terminal.poke();
  await world.shows(terminal, 1);
  await expect.poll(() => world.lastReport()?.showing?.release).toBe(1);
  world.server.point(2);
  terminal.poke();
  await world.shows(terminal, 2);
  expect(world.server.sentBytes()).toBe(asked);
});

test('of three releases two are kept; files of the first go, those of others stay', async () => {
  const world = await contentWorld();
  const terminal = world.start();
  const photo = await terminal.files.put([fileBytes(5000, 9)]);
  const shared = await terminal.files.put([C]);
  await world.server.publish(1, [testLeaflet(1, [A, C])], [A, C]);
  terminal.poke();
  await world.shows(terminal, 1);
  await world.server.publish(2, [testLeaflet(2, [B])], [B]);
  terminal.poke();
  await world.shows(terminal, 2);
  expect(terminal.files.length(hashOf(A))).toBe(A.length);
  await world.server.publish(3, [testLeaflet(3)]);
  terminal.poke();
  await world.shows(terminal, 3);
  await expect.poll(() => terminal.files.length(hashOf(A))).toBe(null);
  expect(terminal.files.length(hashOf(B))).toBe(B.length);
  for (const own of [photo, shared]) expect(own.ok && terminal.files.length(own.value)).toBeGreaterThan(0);
});

test('a file that is of no set of this station is not for the page', async () => {
  const world = await contentWorld();
  const terminal = world.start();
  const photo = await terminal.files.put([fileBytes(5000, 9)]);
  await world.server.publish(1, [testLeaflet(1, [A])], [A]);
  terminal.poke();
  await world.shows(terminal, 1);
  expect(photo.ok && terminal.source.file(photo.value)).toBeNull();
});

test('with no network it shows after a start what it showed before', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1, [A])], [A]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  await terminal.stop();
  await world.server.close();
  const later = world.start();
  await world.shows(later, 1);
  expect(later.view()).toMatchObject({ stale: false, leaflets: [{ id: leafletId(1) }] });
  expect(later.source.file(hashOf(A))).not.toBeNull();
});

test('a file of what is shown that was damaged on the disk is fetched again after the next start', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1, [A, B])], [A, B]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  const path = terminal.source.file(hashOf(A))?.path ?? '';
  await terminal.stop();
  writeFileSync(path, Buffer.alloc(A.length));
  const later = world.start();
  await expect.poll(() => world.server.sentBytes(), { timeout: 10_000 }).toBe(2 * A.length + B.length);
  await expect.poll(async () => await later.files.isSound(hashOf(A))).toBe(true);
});

test('a station that has no release yet shows none, and says so', async () => {
  const world = await contentWorld();
  const terminal = world.start();
  await expect.poll(() => world.lastReport()).toMatchObject({ showing: null, progress: { state: 'current' } });
  world.server.repository.approve(1, {});
  world.server.point(null);
  terminal.poke();
  await expect.poll(() => world.server.asked.some(({ path }) => path.includes('LD.json'))).toBe(true);
  expect(terminal.view()).toMatchObject({ release: null, leaflets: [], stale: false, toProve: null });
});

test('a release taken back to none leaves the last one on the screen', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  const before = world.server.asked.length;
  world.server.point(null);
  terminal.poke();
  await expect.poll(() => world.server.asked.slice(before).some(({ path }) => path.includes('LD.json'))).toBe(true);
  expect(terminal.view().release).toBe(1);
});

test('a release that is not wanted any more is left in the middle, and its files go', async () => {
  const world = await contentWorld({ bytesPerSecond: 300_000 });
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  const large = fileBytes(3_000_000, 7);
  await world.server.publish(2, [testLeaflet(2, [large])], [large]);
  terminal.poke();
  await world.reported({ state: 'downloading', release: 2, total: large.length });
  world.server.point(1);
  terminal.poke();
  await world.reported({ state: 'current' });
  const part = join(world.terminalFolder, 'blobs', 'partial', hashOf(large));
  // The set stays known as long as the server may want it again; another one takes its place.
  await world.server.publish(3, [testLeaflet(3)]);
  terminal.poke();
  await world.shows(terminal, 3);
  await expect.poll(() => existsSync(part)).toBe(false);
});
