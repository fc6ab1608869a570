import { expect, it } from 'vitest';
import { aWhile, becomes, until } from './device-bench.ts';
import { expectWell, readyOnBadWire } from './wire-bench.ts';

it.each(['flipping', 'stuck', 'wrong-baud'] as const)(
  'a card left lying while the wire is %s, and well again, is read once',
  async (manner) => {
    const device = await readyOnBadWire('card-reader', 'serial');
    device.show('first');
    await until(() => device.seen().length > 0, 'the card');
    device.wire.behave(manner);
    await aWhile();
    device.wire.behave('correct');
    await aWhile();
    await becomes(device.driver, 'ready');
    await aWhile();
    expect(device.seen()).toEqual(['first']);
    await expectWell(device);
    expect(device.seen()).toEqual(['first', 'second']);
  },
);

it('a card left lying while the plug makes contact again and again is read once', async () => {
  const device = await readyOnBadWire('card-reader', 'serial');
  device.show('first');
  await until(() => device.seen().length > 0, 'the card');
  for (let times = 0; times < 3; times += 1) {
    device.wire.behave('unplugged');
    await becomes(device.driver, 'no-device');
    device.wire.behave('correct');
    await device.plug();
    await becomes(device.driver, 'ready');
    await aWhile();
  }
  expect(device.seen()).toEqual(['first']);
});
