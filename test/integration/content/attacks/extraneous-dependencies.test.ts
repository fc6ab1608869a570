import { expect, test } from 'vitest';
import { fileBytes, pictureOf, testLeaflet, testManifest } from '../../../fixtures/leaflets.ts';
import { signedFile } from '../../../fixtures/tuf-repository.ts';
import { attackWorld, NEXT } from './attack-world.ts';

/** TUF: "Extraneous dependencies: an attacker makes the client take more than what it asked for." */

test('nothing is fetched that the manifest’s leaflets don’t name', async () => {
  const world = await attackWorld();
  const more = fileBytes(90_000, 5);
  await world.server.blobs.put(more, 'community');
  await world.server.blobs.put(NEXT, 'community');
  const { repository } = world;
  const manifest = testManifest(2, [testLeaflet(2, [NEXT])]);
  repository.approve(2, {
    LD: { ...manifest, files: [pictureOf(more)], requires: [pictureOf(more).hash] },
    LF: testManifest(2, [testLeaflet(3, [more])], 'LF'),
  });
  repository.point('LD', 2);
  repository.point('LF', 2);
  repository.finish();
  const before = world.server.asked.length;
  world.terminal.poke();
  await world.shows(world.terminal, 2);
  const asked = world.server.asked.slice(before).map(({ path }) => path);
  expect(asked.filter((path) => path.startsWith('/blobs/')).every((path) => path.includes(pictureOf(NEXT).hash))).toBe(
    true,
  );
  expect(asked.some((path) => path.includes('LF.json'))).toBe(false);
  expect(world.terminal.view().leaflets).toEqual(manifest.leaflets);
  expect(world.terminal.source.file(pictureOf(more).hash)).toBeNull();
});

test('a hundred delegations, each to the next, are not followed to their end', async () => {
  const world = await attackWorld();
  const { repository } = world;
  const { stations } = repository.keys;
  const roles = Array.from({ length: 100 }, (_, index) => ({
    name: `role${index}`,
    keyids: [stations.id],
    threshold: 1,
    terminating: false,
    paths: ['stations/*'],
  }));
  repository.signTargets({ delegations: { keys: { [stations.id]: stations.json }, roles } });
  const meta = Object.fromEntries(roles.map(({ name }) => [`${name}.json`, { version: 1 }]));
  const empty = { _type: 'targets', spec_version: '1.0.31', version: 1, expires: '2027-01-01T00:00:00Z', targets: {} };
  for (const { name } of roles) repository.files.set(`metadata/1.${name}.json`, signedFile(empty, [stations]));
  repository.signSnapshot({
    meta: { ...meta, 'targets.json': { version: repository.versions.targets }, 'stations.json': { version: 1 } },
  });
  repository.signTimestamp();
  const before = world.server.asked.length;
  world.terminal.poke();
  await world.ask();
  await expect.poll(() => world.server.asked.some(({ path }) => path.includes('role0.json'))).toBe(true);
  const followed = world.server.asked.slice(before).filter(({ path }) => path.includes('role'));
  expect(followed.length).toBeLessThan(20);
  expect(world.terminal.view().release).toBe(1);
});
