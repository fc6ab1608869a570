import { expect, it } from 'vitest';
import {
  aWhile,
  becomes,
  cardReaderOnWire,
  cpuShare,
  scannerOnWire,
  SPRING,
  startCardReader,
  startScanner,
  until,
} from './device-bench.ts';

it('a scanner that is not there is missed, and read as soon as it is plugged in', async () => {
  const { line, emulator } = scannerOnWire();
  const { driver, readings, conditions } = startScanner(line.path);
  await aWhile();
  expect([driver.condition(), driver.counters().connections]).toEqual(['no-device', 0]);
  await line.plug();
  await becomes(driver, 'ready');
  emulator.scan('HF-000123');
  await until(() => readings.length > 0, 'a reading');
  expect(conditions).toEqual(['ready']);
});

it('a card reader that is not there is missed, and read as soon as it is plugged in', async () => {
  const { line, emulator } = cardReaderOnWire();
  emulator.placeCard(SPRING);
  const { driver, readings } = startCardReader(line.path);
  await aWhile();
  expect(driver.condition()).toBe('no-device');
  await line.plug();
  await until(() => readings.length > 0, 'the card');
  expect(driver.condition()).toBe('ready');
});

it('waiting for devices takes no core', async () => {
  startScanner(scannerOnWire().line.path);
  startCardReader(cardReaderOnWire().line.path);
  expect(await cpuShare(2_000)).toBeLessThan(0.5);
});
