import { expect, test } from 'vitest';
import { fileBytes, testLeaflet } from '../../fixtures/leaflets.ts';
import { contentWorld } from './content-world.ts';

const A = fileBytes(300_000, 1);
const B = fileBytes(200_000, 2);

test('a first release comes, is proved, shown and reported', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1, [A, B]), testLeaflet(2)], [A, B]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  expect(terminal.view()).toMatchObject({ stale: false, toProve: null, confirmed: [] });
  expect(terminal.view().leaflets.map(({ title }) => title.zh)).toEqual(['宣传单1', '宣传单2']);
  await expect.poll(() => world.lastReport()?.showing?.release).toBe(1);
  expect(world.lastReport()).toMatchObject({ progress: { state: 'current' }, screen: 'idle', stale: false });
});
