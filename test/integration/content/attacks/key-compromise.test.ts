import { expect, test } from 'vitest';
import { manifestPath } from '#shared/content/release.ts';
import { testLeaflet, testManifest } from '../../../fixtures/leaflets.ts';
import { attackWorld, NEXT } from './attack-world.ts';

/** TUF: "Vulnerability to key compromises: one stolen key should not be enough, and it can be taken out of use." */

test('with all of the server’s keys nothing can be shown that no approver has signed', async () => {
  const world = await attackWorld();
  const { repository } = world;
  const path = manifestPath(2, 'LD');
  repository.listed.stations[path] = repository.putTarget(
    path,
    Buffer.from(JSON.stringify(testManifest(2, [testLeaflet(66)]))),
  );
  repository.point('LD', 2);
  repository.finish();
  expect(await world.refused('unsigned')).toBe(1);
  expect(world.server.asked.some(({ path: asked }) => asked.includes('targets/releases/2'))).toBe(false);
  await world.recovers();
});

test('a stolen approver’s key is of no use once the root does not name it any more', async () => {
  const world = await attackWorld();
  const { repository } = world;
  const stolen = repository.keys.targets;
  repository.rotate(['targets']);
  await world.server.publish(2, [testLeaflet(1, [NEXT], { version: 2 })], [NEXT]);
  world.terminal.poke();
  await world.shows(world.terminal, 2);
  repository.approve(3, { LD: testManifest(3, [testLeaflet(66)]) });
  repository.signTargets({}, [stolen]);
  repository.point('LD', 3);
  repository.finish();
  world.terminal.poke();
  await world.reported({ state: 'refused', why: 'unsigned' });
  expect(world.terminal.view()).toMatchObject({ release: 2, stale: true });
});

test('a stolen key stays useless though everything behind the new root was withheld, and after a restart', async () => {
  const world = await attackWorld();
  const { repository } = world;
  const stolen = repository.keys.timestamp;
  repository.rotate(['timestamp']);
  world.server.state.mischief = (path, bytes) => (path === 'metadata/timestamp.json' ? 503 : bytes);
  await world.ask();
  await expect.poll(() => world.server.asked.some(({ path }) => path.endsWith('/3.root.json'))).toBe(true);
  await world.terminal.stop();
  world.server.state.mischief = (path, bytes) => (path.endsWith('root.json') ? 404 : bytes);
  await world.server.publish(2, [testLeaflet(2)]);
  repository.signTimestamp({}, [stolen]);
  const later = world.start();
  await world.shows(later, 1);
  expect(await world.refused('unsigned', later)).toBe(1);
});

test('a stolen root key alone, of two that are needed', async () => {
  const world = await attackWorld();
  const { repository } = world;
  const { root, targets, snapshot, timestamp } = repository.keys;
  const role = (key: { id: string }, threshold = 1) => ({ keyids: [key.id], threshold });
  repository.signRoot([], {
    roles: {
      root: { keyids: [root.id, targets.id], threshold: 2 },
      targets: role(targets),
      snapshot: role(snapshot),
      timestamp: role(timestamp),
    },
  });
  expect(await world.refused('unsigned')).toBe(1);
  repository.files.delete('metadata/2.root.json');
  repository.versions.root = 1;
  await world.recovers();
});

test('all keys are changed one after the other, and honest releases go on', async () => {
  const world = await attackWorld();
  const { repository } = world;
  for (const [index, role] of (['root', 'targets', 'snapshot', 'timestamp'] as const).entries()) {
    repository.rotate([role]);
    await world.server.publish(index + 2, [testLeaflet(1, [], { version: index + 2 })]);
    world.terminal.poke();
    await world.shows(world.terminal, index + 2);
  }
  repository.keys.stations = repository.keys.root;
  await world.recovers(9);
  expect(world.terminal.view().stale).toBe(false);
});
