import { expect, it } from 'vitest';
import { until } from './device-bench.ts';
import { expectWell, readyOnBadWire } from './wire-bench.ts';

it.each(['serial', 'tcp'] as const)('a half-duplex %s adapter that echoes each command does no harm', async (line) => {
  const device = await readyOnBadWire('card-reader', line);
  device.wire.behave('echoing');
  device.show('first');
  await until(() => device.seen().length > 0, 'the card');
  expect(device.driver.counters().errors['echo']).toBeGreaterThan(0);
  await expectWell(device);
  expect(device.seen()).toEqual(['first', 'second']);
  expect(device.conditions).toEqual(['ready']);
});
