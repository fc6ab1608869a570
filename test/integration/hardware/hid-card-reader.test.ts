import { expect, it } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createHidBus } from '#hardware/emulator/hid-device.ts';
import { becomes, SPRING, startCardReader, until } from './device-bench.ts';
import { hidAt, hidCardReader, READER_IDS } from './hid-bench.ts';

it('a HID card reader reads a card from reports of 64 bytes', async () => {
  const bus = createHidBus();
  const emulator = createCardReaderEmulator({ line: hidCardReader(bus) });
  const { driver, readings } = startCardReader(hidAt(bus, READER_IDS));
  await becomes(driver, 'ready');
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
});

it('a command goes out behind the report id 0, filled up with zeros to 64 bytes, the next one behind it', async () => {
  const bus = createHidBus();
  const device = hidCardReader(bus);
  const reports: number[][] = [];
  device.onBytes((bytes) => void reports.push([...bytes]));
  const opened = await hidAt(bus, READER_IDS).open({ onBytes: () => {}, onGone: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  expect([opened.value.send(Uint8Array.of(1, 2)), opened.value.send(new Uint8Array(65).fill(3))]).toEqual([true, true]);
  await until(() => reports.length === 3, 'the reports');
  const zeros = (count: number) => Array.from({ length: count }, () => 0);
  expect(reports).toEqual([[1, 2, ...zeros(62)], Array.from({ length: 64 }, () => 3), [3, ...zeros(63)]]);
  await opened.value.close();
  expect([opened.value.send(Uint8Array.of(1)), reports.length]).toEqual([false, 3]);
});
