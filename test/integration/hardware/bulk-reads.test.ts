import { expect, it } from 'vitest';
import { bulkReader } from './bulk-bench.ts';
import { becomes, SPRING, startCardReader, until } from './device-bench.ts';

it.each([
  // Find card is AA AA AA 96 69 00 03 20 01 22.
  [
    'split',
    [
      [2, 7],
      [6, 3],
    ],
  ],
  ['single', [[1, 10]]],
] as const)('a card is read over the %s layout, each part on its own endpoint', async (kind, outs) => {
  const { device, emulator, transport } = bulkReader(kind);
  const { driver, readings } = startCardReader(transport);
  await becomes(driver, 'ready');
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
  expect(device.outs().slice(0, outs.length)).toEqual(outs);
  expect(driver.counters().droppedBytes).toBe(0);
  await driver.stop();
  expect(device.isClaimed()).toBe(false);
});

it.each(['split', 'single'] as const)(
  'an answer that stops in its middle is none; the %s reader reads on',
  async (kind) => {
    const { emulator, transport } = bulkReader(kind);
    const { driver, readings } = startCardReader(transport);
    await becomes(driver, 'ready');
    emulator.halfFrame(SPRING);
    await until(() => driver.counters().droppedBytes > 0, 'the bytes to be counted');
    emulator.placeCard(SPRING);
    await until(() => readings.length > 0, 'the card');
    expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
  },
);
