import { expect, test } from 'vitest';
import { testLeaflet } from '../../../fixtures/leaflets.ts';
import { attackWorld } from './attack-world.ts';

/** TUF: "Malicious mirrors: one that is between the client and the repository prevents updates." It can't do more than that. */

test.each([401, 403, 500, 503, 301])('it answers %i to everything', async (status) => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2)]);
  world.server.state.mischief = () => status;
  await world.ask();
  expect(world.terminal.view()).toMatchObject({ release: 1, stale: false });
  await world.recovers();
});

test('it has lost its metadata', async () => {
  const world = await attackWorld();
  world.server.state.mischief = (path, bytes) => (path.startsWith('metadata/') ? 404 : bytes);
  expect(await world.refused('missing')).toBe(1);
  await world.recovers();
});

test('it has lost a manifest', async () => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2)]);
  world.server.state.mischief = (path, bytes) => (path.startsWith('targets/releases/') ? 404 : bytes);
  expect(await world.refused('missing')).toBe(1);
  expect(world.lastReport()?.progress).toMatchObject({ release: 2 });
  await world.recovers();
});

test.each([
  ['a page to log in at', '<!doctype html><title>Wi-Fi</title>'],
  ['nothing', ''],
  ['a number', '7'],
  ['null', 'null'],
  ['an object', '{}'],
  ['no signatures', '{"signed":{"_type":"timestamp"}}'],
  ['a prototype', '{"__proto__":{"signed":1},"signed":{"__proto__":[]},"signatures":[]}'],
  ['bytes that are no text', '\u0000\u0001\uFFFD'],
])('it answers everything with %s', async (_, text) => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2)]);
  world.server.state.mischief = () => Buffer.from(text);
  expect(await world.refused('unsigned')).toBe(1);
  await world.recovers();
});

test('it cuts every line', async () => {
  let cut = false;
  const world = await attackWorld({
    fetch: async (url, init) => {
      if (cut && url.includes('/content/v1/metadata')) throw new TypeError('fetch failed');
      return fetch(url, init);
    },
  });
  cut = true;
  await world.server.publish(2, [testLeaflet(2)]);
  const reports = world.server.reports.length;
  world.terminal.poke();
  world.terminal.act({ kind: 'screen', screen: 'leaflets' });
  await expect.poll(() => world.server.reports.length).toBeGreaterThan(reports);
  expect(world.terminal.view()).toMatchObject({ release: 1, stale: false });
  cut = false;
  world.terminal.act({ kind: 'screen', screen: 'idle' });
  await world.recovers();
});
