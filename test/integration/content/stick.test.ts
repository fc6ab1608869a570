import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileBytes, pictureOf, testLeaflet } from '../../fixtures/leaflets.ts';
import { contentWorld } from './content-world.ts';
import { realSleep } from './terminal-side.ts';

const A = fileBytes(80_000, 1);
const B = fileBytes(90_000, 2);
const blobsOf = (...files: Buffer[]) => new Map(files.map((bytes) => [pictureOf(bytes).hash, bytes]));

/** A station that shows release 1 and has lost its network; sticks are looked for every few milliseconds. */
async function aloneWorld() {
  const world = await contentWorld({ sleep: (ms, signal) => realSleep(ms === 5000 ? 5 : ms, signal) });
  await world.server.publish(1, [testLeaflet(1, [A])], [A]);
  const media = join(world.folder, 'media');
  const stick = join(media, 'STICK', 'red-sail-content');
  const terminal = world.start({ stickFolders: [media] });
  await world.shows(terminal, 1);
  const connected = { is: true };
  world.server.state.mischief = (path) => (connected.is ? (world.server.repository.files.get(path) ?? null) : 503);
  return { ...world, stick, media, terminal, connected };
}

test('a release comes on a stick, files and all, with no network', async () => {
  const world = await aloneWorld();
  world.connected.is = false;
  await world.server.publish(2, [testLeaflet(1, [A]), testLeaflet(2, [B])]);
  world.repository.writeTo(world.stick, blobsOf(A, B));
  await world.shows(world.terminal, 2);
  expect(world.terminal.view()).toMatchObject({ stale: false });
  expect(await world.terminal.files.isSound(pictureOf(B).hash)).toBe(true);
});

test('the same signatures and checks: an older release is refused, and what is shown stays', async () => {
  const world = await aloneWorld();
  world.repository.writeTo(world.stick, blobsOf(A));
  const first = new Map(world.repository.files);
  await world.server.publish(2, [testLeaflet(2)]);
  world.terminal.poke();
  await world.shows(world.terminal, 2);
  world.connected.is = false;
  rmSync(world.media, { recursive: true });
  await expect.poll(() => world.terminal.lines.some((line) => line.includes('stick'))).toBe(true);
  const lines = world.terminal.lines.length;
  world.repository.files.clear();
  for (const [path, bytes] of first) world.repository.files.set(path, bytes);
  world.repository.writeTo(world.stick, blobsOf(A));
  await expect.poll(() => world.terminal.lines.slice(lines).some((line) => line.includes('rolled-back'))).toBe(true);
  expect(world.terminal.view()).toMatchObject({ release: 2, stale: false });
  await world.reported({ state: 'refused', why: 'rolled-back' });
  rmSync(world.media, { recursive: true });
  await world.reported({ state: 'current' });
});

test('a file on the stick that is not what its name says is taken from the server instead', async () => {
  const world = await aloneWorld();
  await world.server.publish(2, [testLeaflet(2, [B])], [B]);
  world.repository.writeTo(world.stick, new Map([[pictureOf(B).hash, fileBytes(B.length, 77)]]));
  await world.shows(world.terminal, 2);
  expect(await world.terminal.files.isSound(pictureOf(B).hash)).toBe(true);
});

test('a terminal that never heard of any root takes none from a stick', async () => {
  const world = await aloneWorld();
  world.repository.writeTo(world.stick, blobsOf(A));
  world.connected.is = false;
  const terminal = world.start({ folder: join(world.folder, 'another'), stickFolders: [world.media] });
  await expect.poll(() => terminal.lines.some((line) => line.includes('a stick with leaflets'))).toBe(true);
  await expect
    .poll(() => terminal.lines.filter((line) => line.includes('somebody was asked')).length)
    .toBeGreaterThan(1);
  expect(terminal.view().release).toBeNull();
});

test('with the root of its enrolment it takes a first release from a stick', async () => {
  const world = await aloneWorld();
  world.repository.writeTo(world.stick, blobsOf(A));
  world.connected.is = false;
  const terminal = world.start({
    folder: join(world.folder, 'another'),
    stickFolders: [world.media],
    root: world.repository.firstRoot(),
  });
  await world.shows(terminal, 1);
  expect(terminal.source.file(pictureOf(A).hash)).not.toBeNull();
});

test('a stick is taken once as long as it stays as it is', async () => {
  const world = await aloneWorld();
  world.repository.writeTo(world.stick, blobsOf(A));
  const taken = () => world.terminal.lines.filter((line) => line.includes('a stick with leaflets')).length;
  await expect.poll(taken).toBe(1);
  await realSleep(100, new AbortController().signal);
  expect(taken()).toBe(1);
  await world.server.publish(2, [testLeaflet(2)]);
  world.repository.writeTo(world.stick, blobsOf(A));
  await expect.poll(taken).toBe(2);
});
