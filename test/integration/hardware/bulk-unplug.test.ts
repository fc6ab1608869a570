import { expect, it } from 'vitest';
import { bulkReader, UNHEARD } from './bulk-bench.ts';
import { becomes, cpuShare, SPRING, startCardReader, until } from './device-bench.ts';

it.each(['split', 'single'] as const)(
  'a %s reader that is unplugged is missed, and reads again when it is back',
  async (kind) => {
    const { device, emulator, transport } = bulkReader(kind);
    const { driver, readings } = startCardReader(transport);
    await becomes(driver, 'ready');
    device.unplug();
    await becomes(driver, 'no-device');
    emulator.placeCard(SPRING);
    device.plug();
    await until(() => readings.length > 0, 'the card');
    expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
  },
);

it('a stalled endpoint ends the connection, once, and the device is given back', async () => {
  const { device, transport } = bulkReader('single');
  let gone = 0;
  const opened = await transport.open({ ...UNHEARD, onGone: () => (gone += 1) });
  if (!opened.ok) throw new Error(opened.error);
  device.stall();
  await until(() => gone > 0, 'the line to be gone');
  await opened.value.close();
  expect([gone, opened.value.send(Uint8Array.of(1)), device.isClaimed()]).toEqual([1, false, false]);
});

it('transfers that end at once without a byte spin no core', async () => {
  const { usb, device, transport } = bulkReader('single');
  const [shown] = await usb.bus.getDevices();
  if (shown === undefined) throw new Error('no device');
  let readings = 0;
  shown.transferIn = async () => {
    readings += 1;
    return { status: 'ok' };
  };
  const opened = await transport.open(UNHEARD);
  if (!opened.ok) throw new Error(opened.error);
  expect(await cpuShare(500)).toBeLessThan(0.5);
  // At most one in 10 ms.
  expect(readings).toBeLessThan(100);
  await opened.value.close();
  expect(device.isClaimed()).toBe(false);
});
