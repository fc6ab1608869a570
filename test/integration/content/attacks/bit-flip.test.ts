import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pictureOf, testLeaflet } from '../../../fixtures/leaflets.ts';
import { attackWorld, GOOD, NEXT } from './attack-world.ts';

/** One bit of anything that comes, anywhere in it. */

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const place = at % (copy.length * 8);
  copy[place >> 3] = (copy[place >> 3] ?? 0) ^ (1 << (place & 7));
  return copy;
}

test('in metadata, channel or manifest: release 2 as it was signed, or release 1', async () => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2, [NEXT])], [NEXT]);
  const fresh = new Map(world.repository.files);
  const paths = [...fresh.keys()].filter((path) => /timestamp|2\.|targets\//.test(path));
  let refusals = 0;
  let index = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.nat(1_000_000), async (path, at) => {
      index += 1;
      // Each begins with nothing, so that nothing of an earlier run helps it.
      const reports = world.server.reports.length;
      world.server.state.mischief = (asked, bytes) => (asked === path && bytes !== null ? flipped(bytes, at) : bytes);
      const terminal = world.start({ folder: `${world.folder}/${index}` });
      await expect
        .poll(
          () =>
            terminal.view().release !== null ||
            world.server.reports.slice(reports).some(({ progress }) => progress.state === 'refused'),
          { timeout: 10_000, interval: 5 },
        )
        .toBe(true);
      const { release, leaflets } = terminal.view();
      if (release === null) refusals += 1;
      const expected = release === null ? [null, []] : [2, [testLeaflet(2).id]];
      expect([release, leaflets.map(({ id }) => id)]).toEqual(expected);
      await terminal.stop();
    }),
    { numRuns: 60, seed: 7 },
  );
  expect(refusals).toBeGreaterThan(20);
});

test('in a file of the set, on the way: thrown away and asked for again', async () => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2, [GOOD, NEXT])], [NEXT]);
  let flips = 2;
  const terminal = world.start({
    folder: `${world.folder}/another`,
    sleep: async (ms, signal) => {
      if (signal.aborted) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(ms, ms > 20_000 ? ms : 20));
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
    async fetch(url, init) {
      const response = await fetch(url, init);
      if (flips === 0 || !url.includes(pictureOf(NEXT).hash)) return response;
      flips -= 1;
      const bytes = flipped(Buffer.from(await response.arrayBuffer()), 12_345);
      return new Response(new Uint8Array(bytes), { status: response.status, headers: response.headers });
    },
  });
  await expect
    .poll(() =>
      world.server.reports.some(({ progress }) => progress.state === 'refused' && progress.why === 'wrong-hash'),
    )
    .toBe(true);
  await world.shows(terminal, 2);
  expect(await terminal.files.isSound(pictureOf(NEXT).hash)).toBe(true);
});
