import { expect, it } from 'vitest';
import { aWhile, becomes, scannerOnWire, startScanner, until } from './device-bench.ts';

async function readyScanner() {
  const wire = scannerOnWire();
  await wire.line.plug();
  const scanner = startScanner(wire.line.path);
  await becomes(scanner.driver, 'ready');
  return { ...wire, ...scanner };
}

it('garbage is no reading; it is counted, and the next label is read', async () => {
  const { emulator, readings, driver } = await readyScanner();
  emulator.sendRaw(Uint8Array.of(0xff, 0x00, 0x80, 0x41, 0x0d, 0xfe, 0x42, 0x0a));
  await until(() => driver.counters().droppedBytes === 6, 'the bytes to be counted');
  expect(readings).toEqual([]);
  expect(driver.counters().errors).toEqual({ 'not-text': 2 });
  emulator.scan('HF-000123');
  await until(() => readings.length === 1, 'a reading');
  expect(driver.condition()).toBe('ready');
});

it('half a code is no reading; it is counted after a pause and does not spoil the next', async () => {
  const { emulator, readings, driver } = await readyScanner();
  emulator.halfFrame('HF-000123');
  await until(() => driver.counters().droppedBytes === 5, 'the bytes to be counted');
  expect(driver.counters().errors).toEqual({ 'half-line': 1 });
  emulator.scan('HF-000124');
  await until(() => readings.length === 1, 'a reading');
  expect(readings.map(({ text }) => text)).toEqual(['HF-000124']);
});

it('bytes without end are no reading and take no memory', async () => {
  const { emulator, readings, driver } = await readyScanner();
  const endless = new Uint8Array(20_000).fill(0x41);
  emulator.sendRaw(endless);
  await until(() => driver.counters().droppedBytes === 20_000, 'the bytes to be counted');
  await aWhile();
  expect(readings).toEqual([]);
  expect(driver.counters().errors).toEqual({ 'too-long': 1 });
});
