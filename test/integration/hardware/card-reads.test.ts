import { expect, it } from 'vitest';
import { aWhile, becomes, cardReaderOnWire, SPRING, startCardReader, SUMMER, until } from './device-bench.ts';

async function readyReader() {
  const wire = cardReaderOnWire();
  await wire.line.plug();
  const reader = startCardReader(wire.line.path);
  await becomes(reader.driver, 'ready');
  return { ...wire, ...reader };
}

it('reads a card once while it lies there', async () => {
  const { emulator, readings, driver } = await readyReader();
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'a reading');
  await aWhile();
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
  expect(driver.counters()).toMatchObject({ readings: 1, droppedBytes: 0, connections: 1, errors: {} });
});

it('reads the same card again after it was lifted', async () => {
  const { emulator, readings } = await readyReader();
  emulator.placeCard(SPRING);
  await until(() => readings.length === 1, 'the first reading');
  emulator.liftCard();
  await aWhile();
  emulator.placeCard(SPRING);
  await until(() => readings.length === 2, 'the second reading');
  expect(readings[1]).toEqual({ kind: 'id-card', card: SPRING });
});

it('reads the next card without a gap between the two', async () => {
  const { emulator, readings } = await readyReader();
  emulator.placeCard(SPRING);
  await until(() => readings.length === 1, 'the first reading');
  emulator.placeCard(SUMMER);
  await until(() => readings.length === 2, 'the second reading');
  expect(readings[1]).toEqual({ kind: 'id-card', card: SUMMER });
});

it('reads a card that lay there before the terminal started', async () => {
  const wire = cardReaderOnWire();
  wire.emulator.placeCard(SUMMER);
  await wire.line.plug();
  const { readings } = startCardReader(wire.line.path);
  await until(() => readings.length > 0, 'a reading');
  expect(readings).toEqual([{ kind: 'id-card', card: SUMMER }]);
});
