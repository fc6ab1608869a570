import { expect, it } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { encodeLine } from '#hardware/protocol/line.ts';
import { RDM6300 } from '#hardware/protocol/rdm6300.ts';
import {
  aWhile,
  bareWire,
  becomes,
  SPRING,
  startCardReader,
  startIcCardReader,
  startScanner,
  SUMMER,
  until,
} from './device-bench.ts';

it('two codes in one piece are two readings', async () => {
  const line = bareWire();
  await line.plug();
  const { driver, readings } = startScanner(line.path);
  await becomes(driver, 'ready');
  line.send(Uint8Array.from([...encodeLine('HF-000123'), ...encodeLine('HF-000124')]));
  await until(() => readings.length > 1, 'both');
  await aWhile();
  expect(readings.map(({ text }) => text)).toEqual(['HF-000123', 'HF-000124']);
});

it('two tags in one piece are two readings', async () => {
  const line = bareWire();
  await line.plug();
  const { driver, readings } = startIcCardReader(line.path);
  await becomes(driver, 'ready');
  const [first, second] = [Uint8Array.of(1, 2, 3, 4, 5), Uint8Array.of(1, 2, 3, 4, 6)].map(RDM6300.encode);
  line.send(Uint8Array.from([...(first ?? []), ...(second ?? [])]));
  await until(() => readings.length > 1, 'both');
  await aWhile();
  expect(readings.map(({ uid }) => uid)).toEqual(['0102030405', '0102030406']);
});

it('an ID-card reader that says each answer twice in one piece: each card is read once', async () => {
  const line = bareWire();
  const emulator = createCardReaderEmulator({ line, chunks: (answer) => [Uint8Array.from([...answer, ...answer])] });
  await line.plug();
  const { driver, readings } = startCardReader(line.path);
  await becomes(driver, 'ready');
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  await aWhile();
  emulator.placeCard(SUMMER);
  await until(() => readings.length > 1, 'the other card');
  await aWhile();
  expect(readings).toEqual([
    { kind: 'id-card', card: SPRING },
    { kind: 'id-card', card: SUMMER },
  ]);
  expect(driver.counters().errors['late']).toBeGreaterThan(0);
  expect(driver.condition()).toBe('ready');
});
