import { expect, test } from 'vitest';
import { leafletId, testLeaflet } from '../../fixtures/leaflets.ts';
import { contentWorld } from './content-world.ts';

const NOTHING = () => {};

test('a set is shown only after the page has rendered all of it', async () => {
  const world = await contentWorld({ autoPage: false });
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await expect.poll(() => terminal.view().toProve?.release).toBe(1);
  await world.reported({ state: 'proving', release: 1 });
  terminal.source.subscribe(NOTHING);
  terminal.act({ kind: 'proving', release: 1, pages: 1, total: 3 });
  await world.reported({ state: 'proving', release: 1, pages: 1, total: 3 });
  expect(terminal.view().release).toBeNull();
  terminal.act({ kind: 'proved', release: 1, fault: null });
  expect(terminal.view()).toMatchObject({ release: 1, toProve: null });
  expect(world.lastReport()?.showing).toBeNull();
  terminal.act({ kind: 'painted', release: 1 });
  await expect.poll(() => world.lastReport()?.showing?.release).toBe(1);
});

test('a set that does not come out is refused with the leaflet, and not tried again at once', async () => {
  const world = await contentWorld({ autoPage: false });
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await expect.poll(() => terminal.view().toProve?.release).toBe(1);
  terminal.act({ kind: 'proved', release: 1, fault: null });
  await world.server.publish(2, [testLeaflet(2)]);
  terminal.poke();
  await expect.poll(() => terminal.view().toProve?.release).toBe(2);
  terminal.act({ kind: 'proved', release: 2, fault: { leaflet: leafletId(2), detail: 'page 1 is blank' } });
  const refused = { state: 'refused', release: 2, why: 'not-rendered', leaflet: leafletId(2) } as const;
  await world.reported(refused);
  const asked = world.server.asked.length;
  terminal.poke();
  await expect.poll(() => world.server.asked.length).toBeGreaterThan(asked);
  expect(terminal.view()).toMatchObject({ release: 1, toProve: null, stale: false });

  await terminal.stop();
  const later = world.start();
  await world.shows(later, 1);
  await world.reported(refused);
  expect(later.view().toProve).toBeNull();
  await later.stop();
  world.clock.ms += 3_600_000;
  const afterAnHour = world.start();
  await expect.poll(() => afterAnHour.view().toProve?.release).toBe(2);
});

test('words about another release than the one in question change nothing', async () => {
  const world = await contentWorld({ autoPage: false });
  await world.server.publish(3, [testLeaflet(1)]);
  const terminal = world.start();
  await expect.poll(() => terminal.view().toProve?.release).toBe(3);
  terminal.act({ kind: 'proved', release: 2, fault: null });
  terminal.act({ kind: 'proved', release: 4, fault: { leaflet: leafletId(1), detail: 'x' } });
  terminal.act({ kind: 'painted', release: 3 });
  terminal.act({ kind: 'proving', release: 9, pages: 1, total: 1 });
  expect(terminal.view()).toMatchObject({ release: null, toProve: { release: 3 } });
  await world.reported({ state: 'proving', release: 3, pages: 0, total: 0 });
  expect(world.lastReport()?.showing).toBeNull();
});

test('somebody who reads is left in peace; the next set is shown when they have gone', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  terminal.act({ kind: 'screen', screen: 'leaflets' });
  await world.server.publish(2, [testLeaflet(2)]);
  terminal.poke();
  await world.reported({ state: 'ready', release: 2 });
  expect(terminal.view().release).toBe(1);
  terminal.act({ kind: 'screen', screen: 'idle' });
  expect(terminal.view().release).toBe(2);
});

test('an emergency does not wait for a reader', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  terminal.act({ kind: 'screen', screen: 'leaflets' });
  await world.server.publish(2, [testLeaflet(1), testLeaflet(2, [], { priority: 'emergency' })]);
  terminal.poke();
  await world.shows(terminal, 2);
  expect(terminal.view().leaflets).toHaveLength(2);
});

test('a set that was ready when the power went is shown after the start, without being proved again', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  terminal.act({ kind: 'screen', screen: 'leaflets' });
  await world.server.publish(2, [testLeaflet(2)]);
  terminal.poke();
  await world.reported({ state: 'ready', release: 2 });
  await terminal.stop();
  const later = world.start({ autoPage: false });
  await world.shows(later, 2);
  expect(later.view().toProve).toBeNull();
});

test('the page says that what is shown can’t be painted: back to the one before, and refused', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  await world.server.publish(2, [testLeaflet(2)]);
  terminal.poke();
  await world.shows(terminal, 2);
  terminal.act({ kind: 'proved', release: 2, fault: { leaflet: leafletId(2), detail: 'it threw' } });
  await world.shows(terminal, 1);
  await world.reported({ state: 'refused', release: 2, why: 'not-rendered', detail: 'it threw' });
  await terminal.stop();
  const later = world.start();
  await world.shows(later, 1);
  expect(later.view().toProve).toBeNull();
});

test('pages that go down again and again before they have painted: back to the one before', async () => {
  const world = await contentWorld({ autoPage: false });
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await expect.poll(() => terminal.view().toProve?.release).toBe(1);
  terminal.source.subscribe(NOTHING);
  terminal.act({ kind: 'proved', release: 1, fault: null });
  terminal.act({ kind: 'painted', release: 1 });
  await world.server.publish(2, [testLeaflet(2)]);
  terminal.poke();
  await expect.poll(() => terminal.view().toProve?.release).toBe(2);
  terminal.act({ kind: 'proved', release: 2, fault: null });
  for (let page = 0; page < 3; page += 1) terminal.source.subscribe(NOTHING)();
  expect(terminal.view().release).toBe(2);
  terminal.source.subscribe(NOTHING);
  await world.shows(terminal, 1);
  await world.reported({ state: 'refused', release: 2, why: 'not-rendered' });
});

test('a page that paints each time may come as often as it likes', async () => {
  const world = await contentWorld({ autoPage: false });
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await expect.poll(() => terminal.view().toProve?.release).toBe(1);
  terminal.act({ kind: 'proved', release: 1, fault: null });
  await world.server.publish(2, [testLeaflet(2)]);
  terminal.poke();
  await expect.poll(() => terminal.view().toProve?.release).toBe(2);
  terminal.act({ kind: 'proved', release: 2, fault: null });
  for (let page = 0; page < 10; page += 1) {
    const leave = terminal.source.subscribe(NOTHING);
    terminal.act({ kind: 'painted', release: 2 });
    leave();
  }
  expect(terminal.view().release).toBe(2);
});

test('where there is no set before, one that can’t be painted stays: something is better than nothing', async () => {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  terminal.act({ kind: 'proved', release: 1, fault: { leaflet: leafletId(1), detail: 'it threw' } });
  expect(terminal.view().release).toBe(1);
});
