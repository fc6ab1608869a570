import { expect, test } from 'vitest';
import { channelPath, manifestPath } from '#shared/content/release.ts';
import { testLeaflet, testManifest } from '../../../fixtures/leaflets.ts';
import { attackWorld } from './attack-world.ts';

/** What was approved for one gate is not shown at another. */

test('the manifest of another station in the place of this one’s, by the approver’s own mistake', async () => {
  const world = await attackWorld();
  const { repository } = world;
  repository.approve(2, { LD: testManifest(2, [testLeaflet(2)], 'LF') });
  repository.point('LD', 2);
  repository.finish();
  expect(await world.refused('wrong-station')).toBe(1);
  await world.recovers();
});

test('the channel of another station in the place of this one’s, by the server', async () => {
  const world = await attackWorld();
  const { repository } = world;
  repository.approve(2, { LD: testManifest(2, [testLeaflet(2)]) });
  const path = channelPath('LD');
  repository.listed.stations[path] = repository.putTarget(path, Buffer.from('{"station":"LF","release":2}'));
  repository.signStations();
  repository.finish();
  expect(await world.refused('wrong-station')).toBe(1);
  await world.recovers();
});

test('a release that was approved for other stations only', async () => {
  const world = await attackWorld();
  const { repository } = world;
  repository.approve(2, { LF: testManifest(2, [testLeaflet(2)], 'LF') });
  repository.point('LF', 2);
  repository.point('LD', 2);
  repository.finish();
  expect(await world.refused('unsigned')).toBe(1);
  await world.recovers();
});

test('another station’s file under this one’s name, by whoever is in between', async () => {
  const world = await attackWorld();
  const { repository } = world;
  repository.approve(2, {
    LD: testManifest(2, [testLeaflet(2)]),
    LF: testManifest(2, [testLeaflet(3)], 'LF'),
  });
  repository.point('LD', 2);
  repository.finish();
  const foreign = repository.files.get(
    `targets/releases/2/${repository.listed.targets[manifestPath(2, 'LF')]?.hashes['sha256']}.LF.json`,
  );
  expect(foreign).toBeDefined();
  world.server.state.mischief = (path, bytes) => (path.startsWith('targets/releases/2/') ? (foreign ?? null) : bytes);
  expect(await world.refused('wrong-hash')).toBe(1);
  await world.recovers();
});
