import { expect, it } from 'vitest';
import { readyIcCardReader, until } from './device-bench.ts';

const TAG = Uint8Array.of(0x01, 0x00, 0x63, 0xe9, 0xae);

it.each([
  ['rdm6300', 14],
  ['id-12', 16],
  ['idteck', 13],
] as const)('a frame of %s with a wrong checksum is no reading, and the next is', async (protocol, length) => {
  const { emulator, readings, driver } = await readyIcCardReader(protocol);
  emulator.damagedFrame(TAG);
  await until(() => driver.counters().droppedBytes === length, 'the bytes to be counted');
  expect(readings).toEqual([]);
  expect(driver.counters().errors).toEqual({ checksum: 1 });
  emulator.touch(TAG);
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map(({ uid }) => uid)).toEqual(['010063E9AE']);
});
