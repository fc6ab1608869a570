import { expect, test } from 'vitest';
import { manifestPath, MAX_MANIFEST_BYTES } from '#shared/content/release.ts';
import { pictureOf, testLeaflet, testManifest } from '../../../fixtures/leaflets.ts';
import { noteOf } from '../../../fixtures/tuf-repository.ts';
import { attackWorld, NEXT } from './attack-world.ts';

/** TUF: "Endless data: an attacker responds to a request with an endless stream of data." */

const CHUNK = Buffer.alloc(65_536, 0x20);

/** Never ends by itself; counts what was taken of it. */
function endless() {
  let taken = 0;
  async function* stream() {
    for (;;) {
      taken += CHUNK.length;
      yield CHUNK;
    }
  }
  return { stream, taken: () => taken };
}

/** Sockets and streams in between hold some of it on both sides. */
const IN_BETWEEN = 8 * 1024 * 1024;

test.each([
  ['metadata/timestamp.json', 16_384],
  ['metadata/2.root.json', 512_000],
  ['metadata/2.snapshot.json', 262_144],
  ['metadata/2.targets.json', 5_000_000],
  ['metadata/2.stations.json', 5_000_000],
  ['targets/stations/', 4096],
  ['targets/releases/', 100_000],
] as const)('%s without an end is left at its limit', async (path, limit) => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2, [NEXT])], [NEXT]);
  const { stream, taken } = endless();
  world.server.state.mischief = (asked, bytes) => (asked.startsWith(path) ? stream() : bytes);
  expect(await world.refused('oversized')).toBe(1);
  expect(taken()).toBeGreaterThan(0);
  expect(taken()).toBeLessThan(limit + IN_BETWEEN);
  await world.recovers();
});

test('a manifest that is said to be larger than any may be is not even asked for', async () => {
  const world = await attackWorld();
  const { repository } = world;
  repository.approve(2, { LD: testManifest(2, [testLeaflet(2)]) });
  const path = manifestPath(2, 'LD');
  repository.listed.targets[path] = { ...noteOf(Buffer.alloc(1)), length: MAX_MANIFEST_BYTES + 1 };
  repository.signTargets();
  repository.point('LD', 2);
  repository.finish();
  expect(await world.refused('oversized')).toBe(1);
  expect(world.server.asked.some(({ path: asked }) => asked.includes('targets/releases/2'))).toBe(false);
});

test('a file that goes on behind its end: no more of it is taken than the manifest says', async () => {
  const world = await attackWorld();
  const { hash } = pictureOf(NEXT);
  await world.server.publish(2, [testLeaflet(2, [NEXT])]);
  const longer = Buffer.concat([NEXT, Buffer.alloc(1_000_000)]);
  const stored = await world.server.blobs.put(longer, 'community');
  const terminal = world.start({
    folder: `${world.folder}/another`,
    // The attacker answers with another, longer blob in its place.
    fetch: (url, init) => fetch(url.replace(hash, stored), init),
  });
  await world.reported({ state: 'refused', release: 2, why: 'wrong-hash' });
  expect(terminal.files.totalBytes()).toBeLessThanOrEqual(NEXT.length);
  expect(terminal.view().release).toBeNull();
});
