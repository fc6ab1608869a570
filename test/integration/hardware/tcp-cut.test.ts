import { expect, it } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { aWhile, becomes, cpuShare, SPRING, startCardReader, startScanner, until } from './device-bench.ts';
import { openTcp, serialServer, tcpAt } from './tcp-bench.ts';

it.each(['cut', 'reset'] as const)(
  'a connection that is %s is noticed once, and nothing more is sent on it',
  async (how) => {
    const box = await serialServer();
    const { opened, gone, isGone } = await openTcp(box.port);
    if (!opened.ok) throw new Error(opened.error);
    await until(() => box.connections() === 1, 'the connection');
    box[how]();
    await isGone();
    expect(opened.value.send(Uint8Array.of(1))).toBe(false);
    await opened.value.close();
    expect(gone()).toBe(1);
  },
);

it.each(['cut', 'reset'] as const)('a card reader whose connection was %s reads on a new one', async (how) => {
  const box = await serialServer();
  const emulator = createCardReaderEmulator({ line: box });
  const { driver, readings } = startCardReader(tcpAt(box.port));
  await becomes(driver, 'ready');
  box[how]();
  await until(() => driver.counters().connections > 1, 'a new connection');
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
});

it('a box that takes each connection only to end it is tried ever more slowly', async () => {
  const box = await serialServer();
  box.welcome('turn-away');
  const { driver } = startScanner(tcpAt(box.port));
  await until(() => box.connections() > 2, 'some tries');
  expect(await cpuShare(1_000)).toBeLessThan(0.5);
  // 20 ms, then at most 100 ms and at least half of it: far from one try a turn.
  const before = box.connections();
  await aWhile();
  expect(box.connections() - before).toBeLessThan(20);
  box.welcome('serve');
  await becomes(driver, 'ready');
});
