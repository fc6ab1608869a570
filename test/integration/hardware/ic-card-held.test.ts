import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { IC_CARD_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import { readyIcCardReader, until } from './device-bench.ts';

const TAG = Uint8Array.of(0x01, 0x00, 0x63, 0xe9, 0xae);
const REARM_MS = IC_CARD_PROTOCOLS.rdm6300.repeat.withinMs;

it('a held tag is read once, however often it is said, and again when it is shown again', async () => {
  const { emulator, readings, driver } = await readyIcCardReader('rdm6300');
  emulator.hold(TAG);
  await until(() => driver.counters().frames > (2 * REARM_MS) / 50, 'the tag to be held for long');
  expect(readings).toEqual([{ kind: 'ic-card', uid: '010063E9AE', protocol: 'rdm6300' }]);
  emulator.lift();
  await sleep(REARM_MS + 100);
  const { frames } = driver.counters();
  expect(driver.counters().errors).toEqual({ repeated: frames - 1 });
  emulator.hold(TAG);
  await until(() => readings.length > 1, 'the second reading');
  await until(() => driver.counters().frames > frames + 5, 'the tag to be held');
  expect(readings).toHaveLength(2);
});

it('a tag shown after the plug was out is read, also where it was held before', async () => {
  const { emulator, line, readings, driver } = await readyIcCardReader('rdm6300');
  emulator.hold(TAG);
  await until(() => readings.length === 1, 'a reading');
  emulator.lift();
  await line.unplug();
  await until(() => driver.condition() === 'no-device', 'the line to be gone');
  await sleep(REARM_MS);
  await line.plug();
  await until(() => driver.condition() === 'ready', 'the line to be back');
  emulator.hold(TAG);
  await until(() => readings.length > 1, 'the tag shown anew to be read');
  expect(readings.map(({ uid }) => uid)).toEqual(['010063E9AE', '010063E9AE']);
});
