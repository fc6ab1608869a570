import { expect, it } from 'vitest';
import { parseCommand } from '#hardware/protocol/sdt-command.ts';
import { createSdtParser } from '#hardware/protocol/sdt-frame.ts';
import { encodeReply } from '#hardware/protocol/sdt-message.ts';
import { SW3 } from '#hardware/protocol/sdt-status.ts';
import {
  bareWire,
  becomes,
  cardReaderOnWire,
  cpuShare,
  SHORT_DELAYS,
  SPRING,
  startCardReader,
  until,
} from './device-bench.ts';

it('a reader whose module is not authorised is broken, and well when it no longer says so', async () => {
  const { line, emulator } = cardReaderOnWire();
  emulator.behave('broken');
  await line.plug();
  const { driver, readings } = startCardReader(line.path);
  await becomes(driver, 'broken');
  emulator.behave('well');
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  expect(driver.condition()).toBe('ready');
});

it('a reader that says it is well and can’t look for a card is broken, and is not asked without end', async () => {
  const line = bareWire();
  const parser = createSdtParser();
  let commands = 0;
  line.onBytes((bytes) => {
    for (const result of parser.push(bytes)) {
      commands += 1;
      const isStatus = result.kind === 'payload' && parseCommand(result.payload) === 'samStatus';
      line.send(encodeReply(isStatus ? SW3.ok : SW3.selfTestFailed));
    }
  });
  await line.plug();
  const { driver } = startCardReader(line.path);
  await becomes(driver, 'broken');
  commands = 0;
  const seconds = 1;
  expect(await cpuShare(seconds * 1000)).toBeLessThan(0.5);
  expect(driver.condition()).toBe('broken');
  // Two commands each time.
  expect(commands).toBeLessThanOrEqual(2 * (1 + (seconds * 1000) / SHORT_DELAYS.broken));
});
