import { expect, it } from 'vitest';
import { expectWell, READERS_ON_LINES, readyOnBadWire } from './wire-bench.ts';

const FLOOD_BYTES = 500_000;

const scanners = READERS_ON_LINES.filter(([reader]) => reader === 'scanner');
const checked = READERS_ON_LINES.filter(([reader]) => reader !== 'scanner');

// What a scanner sends has no check: a few random bytes between two terminators may be letters.
it.each(scanners)('%s, %s line: a flood is counted and does no harm', async (reader, line) => {
  const device = await readyOnBadWire(reader, line);
  await device.wire.flood(FLOOD_BYTES);
  await expectWell(device);
  expect(device.driver.counters().droppedBytes).toBeGreaterThan(FLOOD_BYTES / 2);
  expect(device.conditions).toEqual(['ready']);
});

it.each(checked)(
  '%s, %s line: a flood is counted and does no harm, and out of it no card is read',
  async (reader, line) => {
    const device = await readyOnBadWire(reader, line);
    await device.wire.flood(FLOOD_BYTES);
    await expectWell(device);
    expect(device.driver.counters().droppedBytes).toBeGreaterThan(FLOOD_BYTES / 2);
    expect(device.seen()).toEqual(['second']);
  },
);
