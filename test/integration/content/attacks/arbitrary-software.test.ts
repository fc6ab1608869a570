import { expect, test } from 'vitest';
import { channelPath, manifestPath } from '#shared/content/release.ts';
import { testLeaflet, testManifest } from '../../../fixtures/leaflets.ts';
import { testKey } from '../../../fixtures/tuf-repository.ts';
import { attackWorld, NEXT } from './attack-world.ts';

/** TUF: "Arbitrary software installation: an attacker provides files it wants on the client, and they are accepted." */

test.each(['timestamp', 'snapshot', 'targets', 'stations'] as const)(
  '%s signed with a key that nobody vouches for',
  async (role) => {
    const world = await attackWorld();
    const stranger = [testKey()];
    const { repository } = world;
    repository.approve(2, { LD: testManifest(2, [testLeaflet(2)]) });
    repository.point('LD', 2);
    if (role === 'targets') repository.signTargets({}, stranger);
    if (role === 'stations') repository.signStations({}, stranger);
    repository.signSnapshot({}, role === 'snapshot' ? stranger : undefined);
    repository.signTimestamp({}, role === 'timestamp' ? stranger : undefined);
    expect(await world.refused('unsigned')).toBe(1);
    repository.signTargets();
    await world.recovers();
  },
);

test.each(['timestamp', 'snapshot', 'targets', 'stations'] as const)('%s without any signature', async (role) => {
  const world = await attackWorld();
  const { repository } = world;
  repository.approve(2, { LD: testManifest(2, [testLeaflet(2)]) });
  repository.point('LD', 2);
  if (role === 'targets') repository.signTargets({}, []);
  if (role === 'stations') repository.signStations({}, []);
  repository.signSnapshot({}, role === 'snapshot' ? [] : undefined);
  repository.signTimestamp({}, role === 'timestamp' ? [] : undefined);
  expect(await world.refused('unsigned')).toBe(1);
});

test('a root that the root before has not signed', async () => {
  const world = await attackWorld();
  const { repository } = world;
  const own = repository.keys.root;
  repository.keys.root = testKey();
  repository.signRoot();
  expect(await world.refused('unsigned')).toBe(1);
  repository.keys.root = own;
  repository.files.delete('metadata/2.root.json');
  repository.versions.root = 1;
  await world.recovers();
});

test('a release that the server shows and no approver has signed', async () => {
  const world = await attackWorld();
  world.server.point(2);
  expect(await world.refused('unsigned')).toBe(1);
  expect(world.lastReport()?.progress).toMatchObject({ release: 2 });
  await world.recovers();
});

test('a first contact with a server whose root is not the one of the enrolment', async () => {
  const world = await attackWorld();
  const elsewhere = await attackWorld();
  const folder = `${world.folder}/another`;
  const terminal = world.start({ folder, root: elsewhere.repository.firstRoot() });
  await expect
    .poll(() => world.lastReport())
    .toMatchObject({ showing: null, progress: { state: 'refused', why: 'unsigned' } });
  expect(terminal.view().release).toBeNull();
});

test('manifest and channel are where they should be only by hash: other bytes of the same length', async () => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2, [NEXT])], [NEXT]);
  for (const path of [manifestPath(2, 'LD'), channelPath('LD')]) {
    const name = path.split('/').at(-1) ?? '';
    world.server.state.mischief = (asked, bytes) =>
      asked.startsWith(`targets/${path.slice(0, -name.length)}`) && bytes !== null
        ? Buffer.alloc(bytes.length, 0x20)
        : bytes;
    expect(await world.refused('wrong-hash')).toBe(1);
  }
  await world.recovers();
});
