import { expect, it } from 'vitest';
import { until } from './device-bench.ts';
import { expectWell, READERS_ON_LINES, readyOnBadWire } from './wire-bench.ts';

const FRAMES = 30;

// Not the scanner: a barcode's line has no check, and one bit makes another code of it. A tag's frame in which `E` has become
// `e` is still that tag's.
it.each(READERS_ON_LINES.filter(([reader]) => reader !== 'scanner'))(
  '%s, %s line: where one bit of each frame is turned, nobody else’s card is read',
  async (reader, line) => {
    const device = await readyOnBadWire(reader, line);
    device.wire.behave('flipping');
    for (let frame = 0; frame < FRAMES; frame += 1) device.show('first');
    await until(() => device.driver.counters().droppedBytes > 0, 'the bytes to be counted');
    await expectWell(device);
    expect([...new Set(device.seen())].filter((thing) => thing !== 'first')).toEqual(['second']);
  },
);
