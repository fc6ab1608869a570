import { expect, it } from 'vitest';
import { becomes, until } from './device-bench.ts';
import { expectWell, READERS_ON_LINES, readyOnBadWire } from './wire-bench.ts';

const asked = READERS_ON_LINES.filter(([reader]) => reader === 'card-reader');
const talking = READERS_ON_LINES.filter(([reader]) => reader !== 'card-reader');

it.each(asked)('%s, %s line: one heard at the wrong speed is silent, its answers are none', async (reader, line) => {
  const device = await readyOnBadWire(reader, line);
  device.wire.behave('wrong-baud');
  device.show('first');
  await becomes(device.driver, 'silent');
  expect(device.seen()).toEqual([]);
  await expectWell(device);
});

it.each(talking)('%s, %s line: what is said at the wrong speed is no reading, and counted', async (reader, line) => {
  const device = await readyOnBadWire(reader, line);
  device.wire.behave('wrong-baud');
  device.show('first');
  await until(() => device.driver.counters().droppedBytes > 0, 'the bytes to be counted');
  await expectWell(device);
  expect(device.seen()).toEqual(['second']);
  expect(device.conditions).toEqual(['ready']);
});
