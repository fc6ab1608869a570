import { expect, it } from 'vitest';
import { becomes } from './device-bench.ts';
import { expectWell, READERS_ON_LINES, readyOnBadWire } from './wire-bench.ts';

it.each(READERS_ON_LINES)(
  '%s, %s line: one that goes in the middle of a frame is missed, and well again',
  async (reader, line) => {
    const device = await readyOnBadWire(reader, line);
    device.wire.behave('unplugged');
    device.show('first');
    await becomes(device.driver, 'no-device');
    await expectWell(device);
    expect(device.seen()).toEqual(['second']);
  },
);
