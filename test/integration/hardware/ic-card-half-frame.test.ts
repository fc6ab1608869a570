import { expect, it } from 'vitest';
import { readyIcCardReader, until } from './device-bench.ts';

const TAG = Uint8Array.of(0x01, 0x00, 0x63, 0xe9, 0xae);

it.each([
  ['rdm6300', 'half-frame', 7],
  ['idteck', 'half-frame', 7],
  ['hex-line', 'half-line', 6],
  ['decimal-8h10d', 'half-line', 6],
] as const)('half a frame of %s is dropped after a pause', async (protocol, code, bytes) => {
  const { emulator, readings, driver } = await readyIcCardReader(protocol);
  emulator.halfFrame(TAG);
  await until(() => driver.counters().droppedBytes === bytes, 'the bytes to be counted');
  expect(driver.counters().errors).toEqual({ [code]: 1 });
  emulator.touch(TAG);
  await until(() => readings.length > 0, 'a reading');
  expect(readings).toHaveLength(1);
});

it('the plug pulled in the middle of a frame makes half a frame of it, and the next is read', async () => {
  const { emulator, line, readings, driver } = await readyIcCardReader('id-12');
  emulator.halfFrame(TAG);
  await line.unplug();
  await until(() => driver.condition() === 'no-device', 'the line to be gone');
  await line.plug();
  await until(() => driver.condition() === 'ready', 'the line to be back');
  emulator.touch(TAG);
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map(({ uid }) => uid)).toEqual(['010063E9AE']);
  expect(driver.counters().readings).toBe(1);
});
