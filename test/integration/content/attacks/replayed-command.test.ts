import { expect, test } from 'vitest';
import { testLeaflet } from '../../../fixtures/leaflets.ts';
import { attackWorld } from './attack-world.ts';

/** "Show release 1", "go back to release 1", heard once and said again by somebody else. */

test('the order to go back, after it was taken back', async () => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2)]);
  world.terminal.poke();
  await world.shows(world.terminal, 2);
  world.server.point(1);
  const order = new Map(world.repository.files);
  world.terminal.poke();
  await world.shows(world.terminal, 1);
  world.server.point(2);
  world.terminal.poke();
  await world.shows(world.terminal, 2);
  world.server.state.mischief = (path, bytes) => order.get(path) ?? bytes;
  world.terminal.poke();
  await world.reported({ state: 'refused', why: 'rolled-back' });
  expect(world.terminal.view()).toMatchObject({ release: 2, stale: true });
});

test('the channel of before under the signatures of now', async () => {
  const world = await attackWorld();
  await world.server.publish(2, [testLeaflet(2)]);
  world.terminal.poke();
  await world.shows(world.terminal, 2);
  const order = [...world.repository.files].find(([path]) => path.startsWith('targets/stations/'))?.[1] ?? null;
  await world.server.publish(3, [testLeaflet(3)]);
  world.server.state.mischief = (path, bytes) => (path.startsWith('targets/stations/') ? order : bytes);
  world.terminal.poke();
  await world.reported({ state: 'refused', why: 'wrong-hash' });
  expect(world.terminal.view().release).toBe(2);
});

test('a hundred pokes at once make it ask, and nothing else', async () => {
  const world = await attackWorld();
  const before = world.server.asked.length;
  for (let poke = 0; poke < 100; poke += 1) world.terminal.poke();
  await expect.poll(() => world.server.asked.length).toBeGreaterThan(before);
  await world.recovers();
  expect(world.server.asked.filter(({ path }) => path.endsWith('/timestamp.json')).length).toBeLessThan(8);
});
