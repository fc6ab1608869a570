import { expect, it } from 'vitest';
import { readyIcCardReader, until } from './device-bench.ts';

const TAG = Uint8Array.of(0x01, 0x00, 0x63, 0xe9, 0xae);

it('noise in front of a tag is counted, and the tag is read', async () => {
  const { emulator, readings, driver } = await readyIcCardReader('rdm6300');
  emulator.sendRaw(Uint8Array.of(0xff, 0x00, 0x03, 0x41, 0x02, 0x30, 0x31));
  emulator.touch(TAG);
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map(({ uid }) => uid)).toEqual(['010063E9AE']);
  expect(driver.counters()).toMatchObject({ droppedBytes: 7, errors: { content: 1 } });
});

it('noise without end is no reading and takes no memory', async () => {
  const { emulator, readings, driver } = await readyIcCardReader('hex-line');
  emulator.sendRaw(new Uint8Array(20_000).fill(0x41));
  await until(() => driver.counters().droppedBytes === 20_000, 'the bytes to be counted');
  await until(() => driver.counters().errors['too-long'] === 1, 'a pause');
  emulator.touch(TAG);
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map(({ uid }) => uid)).toEqual(['010063E9AE']);
  expect(driver.condition()).toBe('ready');
});

it('what another protocol says is no reading', async () => {
  const { emulator, readings, driver } = await readyIcCardReader('id-12');
  emulator.sendRaw(new TextEncoder().encode('010063E9AE\r\n\u0002010063E9AE25\u0003'));
  await until(() => driver.counters().droppedBytes === 26, 'the bytes to be counted');
  expect(readings).toEqual([]);
  expect(driver.counters().errors).toEqual({ content: 1 });
});
