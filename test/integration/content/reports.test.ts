import { expect, test } from 'vitest';
import { leafletId, testLeaflet } from '../../fixtures/leaflets.ts';
import { contentWorld } from './content-world.ts';

const ONE = { leaflet: leafletId(1), version: 1 };

async function showing() {
  const world = await contentWorld();
  await world.server.publish(1, [testLeaflet(1), testLeaflet(2, [], { priority: 'emergency' })]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  await expect.poll(() => world.lastReport()?.showing?.release).toBe(1);
  return { world, terminal };
}

test('reading is counted by day and leaflet, from the beginning of the day, and survives restarts', async () => {
  const { world, terminal } = await showing();
  for (let time = 0; time < 3; time += 1) terminal.act({ kind: 'shown', ...ONE });
  terminal.act({ kind: 'opened', ...ONE });
  terminal.act({ kind: 'read', ...ONE, seconds: 40 });
  terminal.act({ kind: 'screen', screen: 'leaflets' });
  const row = { day: '2026-11-20', ...ONE, shown: 3, opened: 1, seconds: 40 };
  await expect.poll(() => world.lastReport()?.readings).toEqual([row]);
  await terminal.stop();

  const later = world.start();
  await world.shows(later, 1);
  later.act({ kind: 'read', ...ONE, seconds: 2 });
  later.act({ kind: 'screen', screen: 'leaflets' });
  await expect.poll(() => world.lastReport()?.readings).toEqual([{ ...row, seconds: 42 }]);
  later.act({ kind: 'screen', screen: 'idle' });
  await expect.poll(() => world.lastReport()).toMatchObject({ screen: 'idle', readings: [] });
  // Midnight at the station, whatever the machine's zone.
  world.clock.ms = Date.parse('2026-11-21T00:00:01+08:00');
  later.act({ kind: 'opened', ...ONE });
  later.act({ kind: 'screen', screen: 'leaflets' });
  await expect
    .poll(() => world.lastReport()?.readings)
    .toEqual([{ day: '2026-11-21', ...ONE, shown: 0, opened: 1, seconds: 0 }]);
});

test('what the server did not take is sent again; the number of a report only grows', async () => {
  const { world, terminal } = await showing();
  world.server.state.takesReports = false;
  terminal.act({ kind: 'opened', ...ONE });
  terminal.act({ kind: 'confirmed', leaflet: leafletId(2), version: 1 });
  const asked = world.server.asked.length;
  await expect.poll(() => world.server.asked.length).toBeGreaterThan(asked);
  const { seq = 0 } = world.lastReport() ?? {};
  await terminal.stop();
  world.server.state.takesReports = true;
  const later = world.start();
  await world.shows(later, 1);
  await expect.poll(() => world.lastReport()?.receipts ?? []).toHaveLength(1);
  const report = world.lastReport();
  expect(report?.readings).toMatchObject([{ ...ONE, opened: 1 }]);
  expect(report?.receipts).toEqual([{ leaflet: leafletId(2), version: 1, atMs: world.clock.ms }]);
  expect(report?.seq).toBeGreaterThan(seq + 1);
});

test('an emergency that somebody has confirmed is known at once and stays known; the first tap counts', async () => {
  const { world, terminal } = await showing();
  terminal.act({ kind: 'confirmed', leaflet: leafletId(2), version: 1 });
  expect(terminal.view().confirmed).toEqual([`${leafletId(2)}/1`]);
  await expect.poll(() => world.server.reports.flatMap(({ receipts }) => receipts)).toHaveLength(1);
  world.clock.ms += 60_000;
  terminal.act({ kind: 'confirmed', leaflet: leafletId(2), version: 1 });
  await terminal.stop();
  const later = world.start();
  await world.shows(later, 1);
  expect(later.view().confirmed).toEqual([`${leafletId(2)}/1`]);
  expect(world.server.reports.flatMap(({ receipts }) => receipts)).toHaveLength(1);
});

test('a page can’t fill the disk with leaflets that are not shown', async () => {
  const { world, terminal } = await showing();
  terminal.act({ kind: 'opened', leaflet: leafletId(77), version: 1 });
  terminal.act({ kind: 'opened', leaflet: leafletId(1), version: 2 });
  terminal.act({ kind: 'confirmed', leaflet: leafletId(77), version: 1 });
  terminal.act({ kind: 'screen', screen: 'leaflets' });
  await expect.poll(() => world.lastReport()?.screen).toBe('leaflets');
  const all = world.server.reports.flatMap(({ readings, receipts }) => [...readings, ...receipts]);
  expect(all).toEqual([]);
});

test('thousands of counts go in as many reports as it takes', async () => {
  const world = await contentWorld();
  const leaflets = Array.from({ length: 1200 }, (_, index) => testLeaflet(index + 1));
  await world.server.publish(1, leaflets);
  const terminal = world.start();
  await world.shows(terminal, 1);
  world.server.state.takesReports = false;
  for (const { id, version } of leaflets) terminal.act({ kind: 'opened', leaflet: id, version });
  world.server.state.takesReports = true;
  terminal.act({ kind: 'screen', screen: 'leaflets' });
  await expect
    .poll(() => new Set(world.server.reports.flatMap(({ readings }) => readings.map(({ leaflet }) => leaflet))).size)
    .toBe(1200);
});

test('what the screen shows is said: nothing without a page, a form before leaflets', async () => {
  const kiosk = { screen: null as 'sheet' | 'fault' | null };
  const world = await contentWorld({ kioskScreen: () => kiosk.screen });
  await world.server.publish(1, [testLeaflet(1)]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  terminal.act({ kind: 'screen', screen: 'leaflets' });
  await expect.poll(() => world.lastReport()?.screen).toBe('leaflets');
  for (const screen of ['sheet', 'fault'] as const) {
    kiosk.screen = screen;
    terminal.kioskChanged();
    await expect.poll(() => world.lastReport()?.screen).toBe(screen);
  }
  terminal.leave();
  await expect.poll(() => world.lastReport()?.screen).toBe('none');
  expect(world.lastReport()?.showing?.release).toBe(1);
});
