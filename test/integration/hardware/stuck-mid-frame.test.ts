import { expect, it } from 'vitest';
import { aWhile, becomes, until } from './device-bench.ts';
import { expectWell, READERS_ON_LINES, readyOnBadWire } from './wire-bench.ts';

const asked = READERS_ON_LINES.filter(([reader]) => reader === 'card-reader');
const talking = READERS_ON_LINES.filter(([reader]) => reader !== 'card-reader');

it.each(asked)('%s, %s line: one that stops in the middle of an answer, for ever, is silent', async (reader, line) => {
  const device = await readyOnBadWire(reader, line);
  device.wire.behave('half');
  device.show('first');
  await becomes(device.driver, 'silent');
  await expectWell(device);
  expect(device.seen()).toEqual(['second']);
});

it.each(talking)('%s, %s line: half a frame, and then nothing, is counted and no reading', async (reader, line) => {
  const device = await readyOnBadWire(reader, line);
  device.wire.behave('half');
  device.show('first');
  await until(() => device.driver.counters().droppedBytes > 0, 'the bytes to be counted');
  device.show('first');
  await aWhile();
  await expectWell(device);
  expect(device.seen()).toEqual(['second']);
});
