import { expect, test } from 'vitest';
import { testLeaflet } from '../../../fixtures/leaflets.ts';
import { attackWorld } from './attack-world.ts';

/**
 * TUF: "Fast-forward: an attacker with keys arbitrarily increases version numbers, so that recovery with honest ones looks like a
 * rollback." A root with other keys is the way out.
 */

const FAR = 2_000_000_000;

async function fastForward() {
  const world = await attackWorld();
  world.repository.versions.timestamp = FAR;
  world.repository.versions.snapshot = FAR;
  world.repository.finish();
  world.terminal.poke();
  await world.ask();
  await expect.poll(() => world.server.asked.some(({ path }) => path.includes(`${FAR + 1}.snapshot.json`))).toBe(true);
  world.repository.versions.timestamp = 10;
  world.repository.versions.snapshot = 10;
  return world;
}

test('honest numbers look like a rollback while the keys are the same', async () => {
  const world = await fastForward();
  world.repository.finish();
  expect(await world.refused('rolled-back')).toBe(1);
});

test('with other keys the honest numbers count again', async () => {
  const world = await fastForward();
  world.repository.rotate(['timestamp', 'snapshot']);
  await world.server.publish(2, [testLeaflet(2)]);
  world.terminal.poke();
  await world.shows(world.terminal, 2);
  expect(await world.reported({ state: 'current' })).toMatchObject({ stale: false });
});

test('that holds after a restart', async () => {
  const world = await fastForward();
  await world.terminal.stop();
  world.repository.rotate(['timestamp', 'snapshot']);
  await world.server.publish(2, [testLeaflet(2)]);
  const later = world.start();
  await world.shows(later, 2);
  expect(later.view().stale).toBe(false);
});
