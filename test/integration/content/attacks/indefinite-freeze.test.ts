import { expect, test } from 'vitest';
import { testLeaflet } from '../../../fixtures/leaflets.ts';
import { attackWorld } from './attack-world.ts';

/** TUF: "Indefinite freeze: an attacker goes on presenting files that the client has already seen." */

const DAY_MS = 86_400_000;

test('the same word for more than a day: the last set stays, with a banner, and the console is told', async () => {
  const world = await attackWorld();
  world.clock.ms += DAY_MS - 60_000;
  await world.ask();
  expect(world.terminal.view().stale).toBe(false);
  world.clock.ms += 120_000;
  expect(await world.refused('frozen')).toBe(1);
  await world.recovers();
});

test('with nobody to ask, the banner comes when the word has grown old', async () => {
  const world = await attackWorld();
  await world.server.close();
  world.clock.ms += DAY_MS + 1000;
  world.terminal.poke();
  await expect.poll(() => world.terminal.view().stale).toBe(true);
  expect(world.terminal.view().release).toBe(1);
  await world.terminal.stop();
  const later = world.start();
  await world.shows(later, 1);
  expect(later.view()).toMatchObject({ release: 1, stale: true });
});

test.each([
  ['snapshot and stations after a week', 7],
  ['root and targets after a year', 365],
] as const)('%s, though the timestamp is fresh', async (_, days) => {
  const world = await attackWorld();
  world.clock.ms += days * DAY_MS + 1000;
  if (days === 365) {
    world.repository.signStations();
    world.repository.finish();
  } else {
    world.repository.signTimestamp();
  }
  expect(await world.refused('frozen')).toBe(1);
});

test('metadata that are expired when they come', async () => {
  const world = await attackWorld();
  for (const sign of ['signTimestamp', 'signSnapshot', 'signStations', 'signTargets'] as const) {
    world.repository[sign]({ expires: '2026-11-20T00:00:00Z' });
    if (sign !== 'signTimestamp' && sign !== 'signSnapshot') world.repository.signSnapshot();
    if (sign !== 'signTimestamp') world.repository.signTimestamp();
    expect(await world.refused('frozen')).toBe(1);
    if (sign === 'signStations') world.repository.signStations();
    if (sign === 'signTargets') world.repository.signTargets();
  }
  await world.recovers();
});

test('a terminal whose clock is years ahead shows what it has; set right, it goes on', async () => {
  const world = await attackWorld();
  world.clock.ms += 4000 * DAY_MS;
  expect(await world.refused('frozen')).toBe(1);
  world.clock.ms -= 4000 * DAY_MS;
  await world.recovers();
});

test('the clock that counts is the corrected one, not the machine’s', async () => {
  const world = await attackWorld();
  // Ten years before this test's machine thinks it is.
  world.clock.ms = Date.parse('2016-01-01T00:00:00Z');
  await world.server.publish(2, [testLeaflet(2)]);
  expect(world.repository.files.get('metadata/timestamp.json')?.toString()).toContain('2016-01-02');
  world.terminal.poke();
  await world.shows(world.terminal, 2);
});
