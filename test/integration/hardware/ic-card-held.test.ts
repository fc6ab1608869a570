import { expect, it } from 'vitest';
import { IC_CARD_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import { aWhile, readyIcCardReader, until } from './device-bench.ts';

const TAG = Uint8Array.of(0x01, 0x00, 0x63, 0xe9, 0xae);
const REARM_MS = IC_CARD_PROTOCOLS.rdm6300.repeat.withinMs;

it('a held tag is read once, however often it is said, and again when it is shown again', async () => {
  const { emulator, readings, driver, elapse } = await readyIcCardReader('rdm6300');
  emulator.hold(TAG);
  await until(() => driver.counters().frames > (2 * REARM_MS) / 50, 'the tag to be held for long');
  expect(readings).toEqual([{ kind: 'ic-card', uid: '010063E9AE', protocol: 'rdm6300' }]);
  emulator.lift();
  await aWhile();
  const { frames, errors } = driver.counters();
  expect(errors).toEqual({ repeated: frames - 1 });
  elapse(REARM_MS);
  emulator.hold(TAG);
  await until(() => driver.counters().frames > frames + 5, 'the tag to be held');
  expect(readings).toHaveLength(2);
});

it('a tag that is lost for less than that is still the same', async () => {
  const { emulator, readings, driver, elapse } = await readyIcCardReader('rdm6300');
  emulator.touch(TAG);
  await until(() => driver.counters().frames === 1, 'the tag');
  elapse(REARM_MS - 100);
  emulator.touch(TAG);
  await until(() => driver.counters().frames === 2, 'the tag again');
  expect(readings).toHaveLength(1);
});

it('a held tag is read once though the plug is out for a moment, and again when it was out for long', async () => {
  const { emulator, line, readings, driver, elapse } = await readyIcCardReader('rdm6300');
  const replug = async () => {
    await line.unplug();
    await until(() => driver.condition() === 'no-device', 'the line to be gone');
    await line.plug();
    await until(() => driver.condition() === 'ready', 'the line to be back');
  };
  emulator.touch(TAG);
  await until(() => readings.length === 1, 'a reading');
  await replug();
  emulator.touch(TAG);
  await until(() => driver.counters().frames === 2, 'the tag again');
  expect(readings).toHaveLength(1);
  await replug();
  elapse(REARM_MS);
  emulator.touch(TAG);
  await until(() => driver.counters().frames === 3, 'the tag a third time');
  expect(readings).toHaveLength(2);
});
