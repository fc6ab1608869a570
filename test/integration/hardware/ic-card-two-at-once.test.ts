import { expect, it } from 'vitest';
import { readyIcCardReader, until } from './device-bench.ts';

const FIRST = Uint8Array.of(0x01, 0x00, 0x63, 0xe9, 0xae);
const SECOND = Uint8Array.of(0x0c, 0x00, 0x06, 0x21, 0xa5);

it('two tags held at once and said in turn are each read once', async () => {
  const { emulator, readings, driver } = await readyIcCardReader('rdm6300');
  emulator.hold(FIRST, SECOND);
  await until(() => driver.counters().frames > 20, 'the tags to be held for long');
  expect(readings.map(({ uid }) => uid)).toEqual(['010063E9AE', '0C000621A5']);
});

it('a tag laid on before the other is lifted is read, and the one below it not again', async () => {
  const { emulator, readings, driver } = await readyIcCardReader('id-12');
  emulator.hold(FIRST);
  await until(() => readings.length === 1, 'the first tag');
  emulator.hold(SECOND, FIRST);
  await until(() => driver.counters().frames > 15, 'both to be held for long');
  expect(readings.map(({ uid }) => uid)).toEqual(['010063E9AE', '0C000621A5']);
});
