import { expect, test } from 'vitest';
import { testLeaflet } from '../../../fixtures/leaflets.ts';
import { noteOf } from '../../../fixtures/tuf-repository.ts';
import { attackWorld } from './attack-world.ts';

/** TUF: "Mix-and-match: an attacker combines metadata that never existed together on the repository." */

test('the snapshot of another time, under the name of this one', async () => {
  const world = await attackWorld();
  const old = world.repository.files.get('metadata/1.snapshot.json') ?? Buffer.alloc(0);
  await world.server.publish(2, [testLeaflet(2)]);
  world.server.state.mischief = (path, bytes) => (path === 'metadata/2.snapshot.json' ? old : bytes);
  expect(await world.refused('wrong-hash')).toBe(1);
  await world.recovers();
});

test('the same, where the timestamp says nothing of length and hash', async () => {
  const world = await attackWorld();
  const old = world.repository.files.get('metadata/1.snapshot.json') ?? Buffer.alloc(0);
  await world.server.publish(2, [testLeaflet(2)]);
  world.repository.signTimestamp({ meta: { 'snapshot.json': { version: 2 } } });
  world.server.state.mischief = (path, bytes) => (path === 'metadata/2.snapshot.json' ? old : bytes);
  expect(await world.refused('mixed')).toBe(1);
  await world.recovers();
});

test.each(['targets', 'stations'] as const)('%s of another time, under the name of these', async (role) => {
  const world = await attackWorld();
  const old = world.repository.files.get(`metadata/1.${role}.json`) ?? null;
  await world.server.publish(2, [testLeaflet(2)]);
  world.server.state.mischief = (path, bytes) => (path === `metadata/2.${role}.json` ? old : bytes);
  expect(await world.refused('mixed')).toBe(1);
  await world.recovers();
});

test.each(['targets', 'stations'] as const)('a snapshot that leaves out %s', async (role) => {
  const world = await attackWorld();
  const other = role === 'targets' ? 'stations' : 'targets';
  await world.server.publish(2, [testLeaflet(2)]);
  world.repository.signSnapshot({ meta: { [`${other}.json`]: { version: 2 } } });
  world.repository.signTimestamp();
  expect(await world.refused('mixed')).toBe(1);
});

test('a terminal that has nothing yet is told of a snapshot that leaves out what it needs', async () => {
  const world = await attackWorld();
  world.repository.signSnapshot({ meta: { 'targets.json': { version: 1 } } });
  world.repository.signTimestamp();
  const terminal = world.start({ folder: `${world.folder}/another` });
  await expect.poll(() => world.lastReport()).toMatchObject({ showing: null, progress: { state: 'refused' } });
  expect(terminal.view().release).toBeNull();
});

test('the manifest of one release and the files of another never make a set: all or nothing is switched', async () => {
  const world = await attackWorld();
  const { repository } = world;
  const first = repository.listed.targets['releases/1/LD.json'];
  // The approver's own word would be needed to say so.
  repository.listed.targets['releases/2/LD.json'] = first ?? noteOf(Buffer.alloc(1));
  repository.signTargets();
  repository.point('LD', 2);
  repository.finish();
  const bytes = [...repository.files].find(([path]) => path.startsWith('targets/releases/1/'))?.[1] ?? Buffer.alloc(0);
  repository.putTarget('releases/2/LD.json', bytes);
  // The manifest of release 1 is known here by its hash: it is the set that is shown already, whatever it is called now.
  world.terminal.poke();
  await world.ask();
  expect(world.terminal.view()).toMatchObject({ release: 1, toProve: null });
});
