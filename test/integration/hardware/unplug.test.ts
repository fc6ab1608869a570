import { expect, it } from 'vitest';
import {
  becomes,
  cardReaderOnWire,
  cpuShare,
  scannerOnWire,
  SPRING,
  startCardReader,
  startScanner,
  SUMMER,
  until,
} from './device-bench.ts';

it('a scanner unplugged while idle is noticed, spins no core, and reads again when it is back', async () => {
  const { line, emulator } = scannerOnWire();
  await line.plug();
  const { driver, readings } = startScanner(line.path);
  await becomes(driver, 'ready');
  await line.unplug();
  await becomes(driver, 'no-device');
  expect(await cpuShare(2_000)).toBeLessThan(0.5);
  await line.plug();
  await becomes(driver, 'ready');
  emulator.scan('HF-000123');
  await until(() => readings.length > 0, 'a reading');
});

it('a scanner unplugged in the middle of a code: half of it is no reading', async () => {
  const { line, emulator } = scannerOnWire();
  await line.plug();
  const { driver, readings } = startScanner(line.path);
  await becomes(driver, 'ready');
  emulator.halfFrame('HF-000123');
  await line.unplug();
  await becomes(driver, 'no-device');
  await line.plug();
  await becomes(driver, 'ready');
  emulator.scan('HF-000124');
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map(({ text }) => text)).toEqual(['HF-000124']);
});

it('a card reader unplugged while it is asked for cards is noticed, and reads again when it is back', async () => {
  const { line, emulator } = cardReaderOnWire();
  await line.plug();
  const { driver, readings } = startCardReader(line.path);
  await becomes(driver, 'ready');
  await line.unplug();
  await becomes(driver, 'no-device');
  expect(await cpuShare(2_000)).toBeLessThan(0.5);
  await line.plug();
  await becomes(driver, 'ready');
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
});

it('a card reader unplugged in the middle of a card: half of it is no reading', async () => {
  const { line, emulator } = cardReaderOnWire();
  await line.plug();
  const { driver, readings } = startCardReader(line.path);
  await becomes(driver, 'ready');
  emulator.behave('silent');
  emulator.halfFrame(SPRING);
  await line.unplug();
  await becomes(driver, 'no-device');
  emulator.behave('well');
  emulator.placeCard(SUMMER);
  await line.plug();
  await until(() => readings.length > 0, 'the card');
  expect(readings).toEqual([{ kind: 'id-card', card: SUMMER }]);
});

it('a plug pulled and put back at once, again and again, is noticed each time', async () => {
  const { line, emulator } = scannerOnWire();
  await line.plug();
  const { driver, readings } = startScanner(line.path);
  await becomes(driver, 'ready');
  for (let times = 1; times <= 5; times += 1) {
    await line.unplug();
    await line.plug();
    await until(() => driver.counters().connections > times, 'a new connection');
    emulator.scan(`HF-00000${times}`);
    await until(() => readings.length === times, 'a reading on the new connection');
  }
  expect(await cpuShare(1_000)).toBeLessThan(0.5);
});
