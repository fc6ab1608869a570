import { expect, it } from 'vitest';
import { until } from './device-bench.ts';
import { expectWell, READERS_ON_LINES, readyOnBadWire } from './wire-bench.ts';

it.each(READERS_ON_LINES)(
  '%s, %s line: what comes at 9600 baud, in pieces or byte by byte, is read once',
  async (reader, line) => {
    const device = await readyOnBadWire(reader, line);
    device.wire.behave(reader === 'card-reader' ? 'slow' : 'split');
    device.show('first');
    await until(() => device.seen().length > 0, 'the reading');
    await expectWell(device);
    expect(device.seen()).toEqual(['first', 'second']);
    expect(device.conditions).toEqual(['ready']);
  },
);
