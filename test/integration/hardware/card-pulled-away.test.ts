import { expect, it } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { encodeReply } from '#hardware/protocol/sdt-message.ts';
import { SW3 } from '#hardware/protocol/sdt-status.ts';
import { aWhile, bareWire, becomes, SPRING, startCardReader, until } from './device-bench.ts';

const FOUND = encodeReply(SW3.found, new Uint8Array(4)).length;
const SELECTED = encodeReply(SW3.ok, new Uint8Array(8)).length;

it.each([
  ['found', FOUND],
  ['selected', SELECTED],
] as const)(
  'a card pulled away as soon as it is %s is no reading and no complaint; laid on again it is read once',
  async (_, length) => {
    const line = bareWire();
    let pulls = 1;
    const emulator = createCardReaderEmulator({
      line,
      chunks(answer) {
        if (pulls > 0 && answer.length === length) {
          pulls -= 1;
          emulator.liftCard();
        }
        return [answer];
      },
    });
    await line.plug();
    const { driver, readings, conditions } = startCardReader(line.path);
    await becomes(driver, 'ready');
    emulator.placeCard(SPRING);
    await until(() => driver.counters().errors['slipped'] === 1, 'the slip');
    await aWhile();
    expect(pulls).toBe(0);
    expect(readings).toEqual([]);
    emulator.placeCard(SPRING);
    await until(() => readings.length > 0, 'the card');
    await aWhile();
    expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
    expect(conditions).toEqual(['ready']);
  },
);
