import { expect, it } from 'vitest';
import { uidOf } from '#hardware/protocol/ic-card.ts';
import { IC_CARD_PROTOCOLS, type IcCardProtocolName } from '#hardware/protocol/line-protocols.ts';
import { readyIcCardReader, until } from './device-bench.ts';

const CARD = Uint8Array.of(0x01, 0x02, 0x6f, 0x6c, 0x3a);

// Object.keys has lost the type of the keys.
it.each(Object.keys(IC_CARD_PROTOCOLS) as IcCardProtocolName[])(
  'a card shown to a reader of %s is read',
  async (name) => {
    const { emulator, readings, driver } = await readyIcCardReader(name);
    emulator.touch(CARD);
    await until(() => readings.length > 0, 'a reading');
    expect(readings).toMatchObject([{ kind: 'ic-card', protocol: name }]);
    expect(uidOf(CARD).endsWith(readings[0]?.uid ?? '-')).toBe(true);
    expect(driver.counters()).toEqual({ readings: 1, frames: 1, droppedBytes: 0, connections: 1, errors: {} });
  },
);
