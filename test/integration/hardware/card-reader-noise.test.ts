import { expect, it } from 'vitest';
import { aWhile, becomes, cardReaderOnWire, SPRING, startCardReader, SUMMER, until } from './device-bench.ts';

async function readyReader() {
  const wire = cardReaderOnWire();
  await wire.line.plug();
  const reader = startCardReader(wire.line.path);
  await becomes(reader.driver, 'ready');
  return { ...wire, ...reader };
}

it('garbage is no reading; it is counted, and the next card is read', async () => {
  const { emulator, readings, driver } = await readyReader();
  const garbage = Uint8Array.from({ length: 500 }, (_, index) => (index * 37) % 251);
  emulator.sendRaw(garbage);
  await until(() => driver.counters().droppedBytes >= garbage.length, 'the bytes to be counted');
  expect(readings).toEqual([]);
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
  expect(driver.counters().droppedBytes).toBe(garbage.length);
});

it('half a frame is no reading; it is counted, and swallows nothing', async () => {
  const { emulator, readings, driver } = await readyReader();
  emulator.halfFrame(SUMMER);
  await until(() => driver.counters().errors['half-frame'] === 1, 'the half frame to be counted');
  expect(driver.counters().droppedBytes).toBe(647);
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  await aWhile();
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
  expect(driver.condition()).toBe('ready');
});
