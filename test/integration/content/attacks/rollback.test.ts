import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testLeaflet } from '../../../fixtures/leaflets.ts';
import { attackWorld } from './attack-world.ts';

/** TUF: "Rollback: an attacker presents files older than those the client has already seen." */

async function twoReleases() {
  const world = await attackWorld();
  const before = new Map(world.repository.files);
  await world.server.publish(2, [testLeaflet(2)]);
  world.terminal.poke();
  await world.shows(world.terminal, 2);
  const rollBack = () => {
    world.repository.files.clear();
    for (const [path, bytes] of before) world.repository.files.set(path, bytes);
  };
  const refused = async (asking = world.terminal) => {
    asking.poke();
    await world.reported({ state: 'refused', why: 'rolled-back' });
    expect(asking.view().stale).toBe(true);
    return asking.view().release;
  };
  return { ...world, rollBack, refused };
}

test('everything as it was before', async () => {
  const world = await twoReleases();
  world.rollBack();
  expect(await world.refused()).toBe(2);
});

test('after a restart', async () => {
  const world = await twoReleases();
  await world.terminal.stop();
  world.rollBack();
  const later = world.start();
  await world.shows(later, 2);
  expect(await world.refused(later)).toBe(2);
});

test('after a restart, with rubbish and older metadata in the folder that tuf-js works in', async () => {
  const world = await twoReleases();
  await world.terminal.stop();
  world.rollBack();
  const scratch = join(world.terminalFolder, 'content-scratch', 'tuf');
  mkdirSync(scratch, { recursive: true });
  for (const [path, bytes] of world.repository.files) {
    const role = /metadata\/(?:\d+\.)?(\w+)\.json/.exec(path)?.[1];
    if (role !== undefined) writeFileSync(join(scratch, `${role}.json`), bytes);
  }
  writeFileSync(join(scratch, 'timestamp.json'), 'rubbish');
  const later = world.start();
  await world.shows(later, 2);
  expect(await world.refused(later)).toBe(2);
});

test('an older snapshot, freshly vouched for by a timestamp', async () => {
  const world = await twoReleases();
  world.repository.versions.snapshot -= 1;
  world.repository.signTimestamp();
  expect(await world.refused()).toBe(2);
});

test.each(['targets', 'stations'] as const)('a newer snapshot with older %s', async (role) => {
  const world = await twoReleases();
  world.repository.versions[role] -= 1;
  world.repository.finish();
  expect(await world.refused()).toBe(2);
});

test('an older root', async () => {
  const world = await twoReleases();
  world.repository.rotate(['timestamp']);
  world.repository.finish();
  await world.server.publish(3, [testLeaflet(3)]);
  world.terminal.poke();
  await world.shows(world.terminal, 3);
  const first = world.repository.files.get('metadata/1.root.json');
  world.server.state.mischief = (path, bytes) => (path === 'metadata/3.root.json' ? (first ?? null) : bytes);
  world.terminal.poke();
  await world.reported({ state: 'refused', why: 'rolled-back' });
  expect(world.terminal.view().release).toBe(3);
});
