import { expect, test } from 'vitest';
import { manifestPath } from '#shared/content/release.ts';
import { fileBytes, pictureOf, testLeaflet, testManifest } from '../../../fixtures/leaflets.ts';
import { attackWorld, NEXT } from './attack-world.ts';

/** TUF: "Wrong software installation: a trusted file that is not the one that was asked for." */

test('the manifest of another release in the place of this one, with the approver’s signature', async () => {
  const world = await attackWorld();
  const { repository } = world;
  repository.approve(3, { LD: testManifest(2, [testLeaflet(2)]) });
  repository.point('LD', 3);
  repository.finish();
  expect(await world.refused('malformed')).toBe(1);
  expect(world.lastReport()?.progress).toMatchObject({ release: 3 });
  await world.recovers();
});

test('an approved manifest under the name of another', async () => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2, [NEXT])], [NEXT]);
  const first = [...world.repository.files].find(([path]) => path.startsWith('targets/releases/1/'))?.[1] ?? null;
  world.server.state.mischief = (path, bytes) => (path.startsWith('targets/releases/2/') ? first : bytes);
  expect(await world.refused('wrong-hash')).toBe(1);
  await world.recovers();
});

test('another file in the place of one of the set', async () => {
  const world = await attackWorld();
  const other = fileBytes(NEXT.length, 99);
  const stored = await world.server.blobs.put(other, 'community');
  await world.server.publish(2, [testLeaflet(2, [NEXT])], [NEXT]);
  const terminal = world.start({
    folder: `${world.folder}/another`,
    fetch: (url, init) => fetch(url.replace(pictureOf(NEXT).hash, stored), init),
  });
  await world.reported({ state: 'refused', release: 2, why: 'wrong-hash' });
  expect(terminal.view()).toMatchObject({ release: null, toProve: null });
  expect(terminal.files.length(pictureOf(NEXT).hash)).toBeNull();
});

test.each([
  ['no JSON', 'nonsense'],
  ['a list', '[]'],
  ['leaflets that are none', '{"release":2,"station":"LD","leaflets":[{"id":"x"}]}'],
  ['a leaflet twice', JSON.stringify(testManifest(2, [testLeaflet(1), testLeaflet(1)]))],
  [
    'a file that is two things',
    JSON.stringify(
      testManifest(2, [
        testLeaflet(1, [NEXT]),
        testLeaflet(2, [], {
          body: { kind: 'pictures', pictures: [{ file: { ...pictureOf(NEXT), bytes: 7 }, caption: null }] },
        }),
      ]),
    ),
  ],
  ['brackets as deep as they go', '['.repeat(200_000)],
])('a signed manifest that is not what the contract says: %s', async (_, text) => {
  const world = await attackWorld();
  const { repository } = world;
  repository.approve(2, {});
  repository.listed.targets[manifestPath(2, 'LD')] = repository.putTarget(manifestPath(2, 'LD'), Buffer.from(text));
  repository.signTargets();
  repository.point('LD', 2);
  repository.finish();
  expect(await world.refused('malformed')).toBe(1);
  const fetched = () =>
    world.server.asked.filter(({ path }) => path.startsWith('/content/v1/targets/releases/2')).length;
  expect(fetched()).toBe(1);
  world.terminal.poke();
  await world.ask();
  expect(fetched()).toBe(1);
  await world.recovers();
});
