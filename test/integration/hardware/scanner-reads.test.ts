import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { encodeLine } from '#hardware/protocol/line.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { aWhile, becomes, scannerOnWire, SHORT_DELAYS, startScanner, until } from './device-bench.ts';

const other = (text: string) => ({ kind: 'other', text });

async function readyScanner(settings: Parameters<typeof startScanner>[1] = {}) {
  const wire = scannerOnWire();
  await wire.line.plug();
  const scanner = startScanner(wire.line.path, settings);
  await becomes(scanner.driver, 'ready');
  return { ...wire, ...scanner };
}

it('reads a label', async () => {
  const { emulator, readings, driver } = await readyScanner();
  emulator.scan(']C0HF-000123');
  await until(() => readings.length > 0, 'a reading');
  expect(readings).toEqual([
    { kind: 'barcode', text: 'HF-000123', symbology: 'C', modifier: '0', content: other('HF-000123') },
  ]);
  expect(driver.counters()).toEqual({ readings: 1, frames: 1, droppedBytes: 0, connections: 1, errors: {} });
});

it('reads a label whole, and once, when its bytes dribble in', async () => {
  const { emulator, readings } = await readyScanner();
  for (const byte of encodeLine('HF-000123 红帆')) {
    emulator.sendRaw(Uint8Array.of(byte));
    await sleep(5);
  }
  await until(() => readings.length > 0, 'a reading');
  await aWhile();
  expect(readings).toEqual([
    { kind: 'barcode', text: 'HF-000123 红帆', symbology: null, modifier: null, content: other('HF-000123 红帆') },
  ]);
});

it('reads many labels that arrive at once', async () => {
  const { emulator, readings } = await readyScanner();
  const labels = Array.from({ length: 200 }, (_, index) => `HF-${String(index).padStart(6, '0')}`);
  for (const label of labels) emulator.scan(label);
  await until(() => readings.length >= labels.length, 'all labels');
  expect(readings.map(({ text }) => text)).toEqual(labels);
});

it('takes a label held before the scanner for one scan, and the next label for another', async () => {
  const { emulator, readings, driver } = await readyScanner();
  for (const label of ['HF-000123', 'HF-000123', 'HF-000124', 'HF-000123']) emulator.scan(label);
  await until(() => readings.length === 3, 'three readings');
  expect(readings.map(({ text }) => text)).toEqual(['HF-000123', 'HF-000124', 'HF-000123']);
  expect(driver.counters().errors).toEqual({ repeated: 1 });
});

it('reads the same label again after a while', async () => {
  const { emulator, readings } = await readyScanner();
  emulator.scan('HF-000123');
  await until(() => readings.length === 1, 'the first reading');
  await sleep(SHORT_DELAYS.repeat + 100);
  emulator.scan('HF-000123');
  await until(() => readings.length > 1, 'the second reading');
  expect(readings.map(({ text }) => text)).toEqual(['HF-000123', 'HF-000123']);
});

it('reads a scanner that sends no terminator, if it is set so', async () => {
  const { emulator, readings } = await readyScanner({ pause: 'pause-ends' });
  emulator.sendRaw(new TextEncoder().encode('HF-000123'));
  await until(() => readings.length > 0, 'a reading');
  expect(readings).toEqual([
    { kind: 'barcode', text: 'HF-000123', symbology: null, modifier: null, content: other('HF-000123') },
  ]);
});

it('says what a code is: our own label, or the elements of a GS1 symbol (T21)', async () => {
  const { emulator, readings } = await readyScanner();
  for (const code of [`]C0${itemLabel('HF-000001')}`, ']C180049521234A0042']) emulator.scan(code);
  await until(() => readings.length === 2, 'two readings');
  expect(readings.map(({ content }) => content)).toEqual([
    { kind: 'item', key: 'HF-000001' },
    { kind: 'gs1', elements: [{ ai: '8004', value: '9521234A0042' }] },
  ]);
});
