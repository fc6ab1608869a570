import { expect, it } from 'vitest';
import { createHidBus } from '#hardware/emulator/hid-device.ts';
import { HID_POS_62, HID_POS_64, MICROSCAN, readHidPosLayout } from '#hardware/protocol/hid-pos-layout.ts';
import { aWhile, becomes, startHidPosScanner, until } from './device-bench.ts';
import { hidAt, hidScanner, reportsOf, SCANNER_IDS } from './hid-bench.ts';

async function readyScanner() {
  const bus = createHidBus();
  const device = hidScanner(bus);
  const scanner = startHidPosScanner(hidAt(bus, SCANNER_IDS));
  await becomes(scanner.driver, 'ready');
  return { bus, device, ...scanner };
}

it.each([
  ['64 bytes', HID_POS_64, 'Q'],
  ['62 bytes', HID_POS_62, 'Q'],
  ["Microscan's own", MICROSCAN, null],
])('reads a code of the report of %s, as a serial scanner would', async (_name, layout, symbology) => {
  const { device, readings } = await readyScanner();
  for (const report of reportsOf('HF-000123', layout)) device.report(report);
  await until(() => readings.length > 0, 'a reading');
  expect(readings).toMatchObject([{ kind: 'barcode', text: 'HF-000123', symbology, content: { kind: 'other' } }]);
});

it('reads a code of several reports whole', async () => {
  const { device, readings } = await readyScanner();
  const text = `https://example.org/8004/${'红帆'.repeat(30)}`;
  for (const report of reportsOf(text)) device.report(report);
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map((reading) => reading.text)).toEqual([text]);
});

it('a code held too long is one reading', async () => {
  const { device, readings, driver } = await readyScanner();
  for (const text of ['HF-000123', 'HF-000123', 'HF-000124']) {
    for (const report of reportsOf(text)) device.report(report);
  }
  await until(() => readings.length > 1, 'the readings');
  expect(readings.map(({ text }) => text)).toEqual(['HF-000123', 'HF-000124']);
  expect(driver.counters().errors).toEqual({ repeated: 1 });
});

it('a code whose last report is lost is none; the next is read', async () => {
  const { device, readings, driver } = await readyScanner();
  const [first] = reportsOf('x'.repeat(100));
  if (first === undefined) throw new Error('no report');
  device.report(first);
  await aWhile();
  for (const report of reportsOf('HF-000123')) device.report(report);
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map(({ text }) => text)).toEqual(['HF-000123']);
  expect(driver.counters().errors).toEqual({ 'half-message': 1 });
  expect(driver.counters().droppedBytes).toBe(64);
});

/** A scanner without report ids and AIM: length, 56 bytes, and the flag (as in test/unit/hardware/hid-report-descriptor). */
const DESCRIPTOR = Uint8Array.from(
  `05 8C 09 02 A1 01 09 12 A1 02 15 00 26 FF 00 75 08 95 01 05 01 09 3B 81 02
   05 8C 09 FE 95 38 82 02 01 25 01 75 01 95 01 09 FF 81 02 75 07 81 03 C0 C0`.match(/[0-9A-F]{2}/g) ?? [],
  (digits) => Number.parseInt(digits, 16),
);

it('a device that declares its reports is read by what it declares', async () => {
  const declared = readHidPosLayout(DESCRIPTOR);
  if (declared.kind !== 'layout') throw new Error(declared.code);
  expect(declared.layout).toMatchObject({ reportBytes: 58, reportId: null, aimAt: null });
  const bus = createHidBus();
  const device = hidScanner(bus);
  const { driver, readings } = startHidPosScanner(hidAt(bus, SCANNER_IDS, DESCRIPTOR));
  await becomes(driver, 'ready');
  for (const report of reportsOf('HF-000123', declared.layout)) device.report(report);
  await until(() => readings.length > 0, 'a reading');
  expect(readings).toMatchObject([{ kind: 'barcode', text: 'HF-000123', symbology: null, modifier: null }]);
});

it('reports of no known form are counted, not read', async () => {
  const { device, readings, driver } = await readyScanner();
  device.report(new Uint8Array(8));
  await until(() => driver.counters().droppedBytes === 8, 'the bytes to be counted');
  expect([readings, driver.counters().errors]).toEqual([[], { 'unknown-report': 1 }]);
});
