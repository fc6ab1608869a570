import { expect, it } from 'vitest';
import { until } from './device-bench.ts';
import { expectWell, readyOnBadWire } from './wire-bench.ts';

/** The beginning of a frame, up to its length. */
const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69];

it.each([
  ['65535', [0xff, 0xff]],
  ['one more than the longest answer', [0x09, 0x0b]],
  ['nothing', [0x00, 0x00]],
] as const)('a frame that says it is %s bytes long is no frame, and is not waited for', async (_, length) => {
  const device = await readyOnBadWire('card-reader', 'serial');
  device.wire.send(Uint8Array.from([...PREAMBLE, ...length]));
  await until(() => (device.driver.counters().errors['length'] ?? 0) > 0, 'the length to be counted');
  await expectWell(device);
  expect(device.seen()).toEqual(['second']);
  expect(device.conditions).toEqual(['ready']);
});

it('a frame that says it is longer than what comes swallows no answer', async () => {
  const device = await readyOnBadWire('card-reader', 'serial');
  device.wire.send(Uint8Array.from([...PREAMBLE, 0x09, 0x0a]));
  await expectWell(device);
  expect(device.seen()).toEqual(['second']);
});
