import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createHidBus } from '#hardware/emulator/hid-device.ts';
import { aWhile, becomes, SPRING, startCardReader, startHidPosScanner, until } from './device-bench.ts';
import { hidAt, hidCardReader, hidScanner, READER_IDS, reportsOf, SCANNER_IDS } from './hid-bench.ts';

it('a HID scanner unplugged in the middle of a code is noticed, and reads again when it is back', async () => {
  const bus = createHidBus();
  const device = hidScanner(bus);
  const { driver, readings } = startHidPosScanner(hidAt(bus, SCANNER_IDS));
  await becomes(driver, 'ready');
  const [half] = reportsOf('x'.repeat(100));
  if (half === undefined) throw new Error('no report');
  device.report(half);
  device.unplug();
  await becomes(driver, 'no-device');
  device.plug();
  await becomes(driver, 'ready');
  for (const report of reportsOf('HF-000123')) device.report(report);
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map(({ text }) => text)).toEqual(['HF-000123']);
});

it('after a failed read, behind which nothing more is read, the device is opened anew', async () => {
  const bus = createHidBus();
  const device = hidScanner(bus);
  const { driver, readings } = startHidPosScanner(hidAt(bus, SCANNER_IDS));
  await becomes(driver, 'ready');
  device.failRead();
  await until(() => driver.counters().connections === 2, 'a new connection');
  expect(bus.openOf('/dev/hidraw-of-nobody')).toBe(1);
  for (const report of reportsOf('HF-000123')) device.report(report);
  await until(() => readings.length > 0, 'a reading');
  expect(driver.condition()).toBe('ready');
});

it('a HID card reader unplugged while it is asked is noticed by a failed write too', async () => {
  const bus = createHidBus();
  const device = hidCardReader(bus);
  const emulator = createCardReaderEmulator({ line: device });
  const { driver, readings } = startCardReader(hidAt(bus, READER_IDS));
  await becomes(driver, 'ready');
  device.unplug();
  await becomes(driver, 'no-device');
  emulator.placeCard(SPRING);
  device.plug();
  await until(() => readings.length > 0, 'the card');
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
});

it('a device whose node is gone without an error is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'red-sail-devices-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'hidraw0');
  writeFileSync(path, '');
  const bus = createHidBus();
  hidScanner(bus, path);
  let gone = 0;
  const opened = await hidAt(bus, SCANNER_IDS).open({ onBytes: () => {}, onGone: () => (gone += 1) });
  rmSync(path);
  await until(() => gone > 0, 'it to be gone');
  expect([opened.ok, gone, bus.openOf(path)]).toEqual([true, 1, 0]);
});

it('a missing device is looked for with waits between: the bus is not asked in a tight loop', async () => {
  const bus = createHidBus();
  startHidPosScanner(hidAt(bus, SCANNER_IDS));
  await aWhile();
  // 300 ms with waits of 10 to 100 ms between: 30 at the very most.
  expect(bus.listings()).toBeLessThan(30);
});
