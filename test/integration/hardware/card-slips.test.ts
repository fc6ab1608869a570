import { expect, it } from 'vitest';
import { aWhile, becomes, cardReaderOnWire, SPRING, startCardReader, until } from './device-bench.ts';

async function readyReader() {
  const wire = cardReaderOnWire();
  await wire.line.plug();
  const reader = startCardReader(wire.line.path);
  await becomes(reader.driver, 'ready');
  return { ...wire, ...reader };
}

it.each(['card-slips', 'card-not-selected'] as const)('%s: told once, and read when it lies well', async (mood) => {
  const { emulator, readings, driver } = await readyReader();
  emulator.behave(mood);
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'somebody to be told');
  await aWhile();
  expect(readings).toEqual([{ kind: 'id-card-unreadable' }]);
  expect(driver.condition()).toBe('ready');
  emulator.behave('well');
  await until(() => readings.length > 1, 'the card');
  expect(readings[1]).toEqual({ kind: 'id-card', card: SPRING });
});

it('two slips are nobody’s business', async () => {
  const { emulator, readings, driver } = await readyReader();
  emulator.behave('card-slips');
  emulator.placeCard(SPRING);
  await until(() => driver.counters().errors['slipped'] === 1, 'a slip');
  emulator.behave('well');
  await until(() => readings.length > 0, 'the card');
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
});

it('a card that was read and can’t be selected any more is nobody’s business', async () => {
  const { emulator, readings, driver } = await readyReader();
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  emulator.behave('card-not-selected');
  await until(() => (driver.counters().errors['slipped'] ?? 0) > 5, 'some slips');
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
});
