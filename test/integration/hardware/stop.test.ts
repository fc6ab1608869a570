import { expect, it } from 'vitest';
import {
  aWhile,
  becomes,
  cardReaderOnWire,
  scannerOnWire,
  SPRING,
  startCardReader,
  startScanner,
  until,
} from './device-bench.ts';

it('a driver that was stopped reads nothing more and has given its line back', async () => {
  const { line, emulator } = scannerOnWire();
  await line.plug();
  const first = startScanner(line.path);
  await becomes(first.driver, 'ready');
  await first.driver.stop();
  const second = startScanner(line.path);
  await becomes(second.driver, 'ready');
  emulator.scan('HF-000123');
  await until(() => second.readings.length > 0, 'a reading');
  expect(second.conditions).toEqual(['ready']);
  expect(first.readings).toEqual([]);
});

it('a card reader stops in the middle of a question', async () => {
  const { line, emulator } = cardReaderOnWire();
  await line.plug();
  const { driver, readings } = startCardReader(line.path);
  await becomes(driver, 'ready');
  emulator.behave('silent');
  await driver.stop();
  emulator.behave('well');
  emulator.placeCard(SPRING);
  await aWhile();
  expect(readings).toEqual([]);
});

it('a driver can be stopped before it was started, and twice', async () => {
  const { driver } = startScanner(scannerOnWire().line.path);
  await driver.stop();
  await driver.stop();
  expect(driver.condition()).toBe('no-device');
});
