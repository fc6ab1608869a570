import { expect, it } from 'vitest';
import { becomes, cardReaderOnWire, cpuShare, SPRING, startCardReader, until } from './device-bench.ts';

it('a reader that does not answer is silent, and well as soon as it answers', async () => {
  const { line, emulator } = cardReaderOnWire();
  emulator.behave('silent');
  await line.plug();
  const { driver, readings, conditions } = startCardReader(line.path);
  await becomes(driver, 'silent');
  emulator.behave('well');
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  expect(conditions).toEqual(['silent', 'ready']);
});

it('a reader that falls silent is noticed, and reads again when it is back', async () => {
  const { line, emulator } = cardReaderOnWire();
  await line.plug();
  const { driver, readings } = startCardReader(line.path);
  await becomes(driver, 'ready');
  emulator.behave('silent');
  await becomes(driver, 'silent');
  emulator.behave('well');
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  expect(driver.condition()).toBe('ready');
});

it('the line of a reader that stays silent is opened anew, without a core spinning', async () => {
  const { line, emulator } = cardReaderOnWire();
  emulator.behave('silent');
  await line.plug();
  const { driver, conditions } = startCardReader(line.path);
  await becomes(driver, 'silent');
  expect(await cpuShare(2_000)).toBeLessThan(0.5);
  await until(() => driver.counters().connections > 1, 'another connection');
  expect(conditions).toEqual(['silent']);
});
