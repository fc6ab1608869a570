import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judge } from '#hardware/finder/judge.ts';
import type { IcCardReading } from '#hardware/protocol/ic-card.ts';
import { IC_CARD_PROTOCOLS, LINE_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import { PROTOCOLS } from '../../../scripts/tool/decode/protocols.ts';
import { MADE_UP } from '../../fixtures/made-up-reader.ts';
import { becomes, lineReaderOnWire, until } from './device-bench.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CARD = Uint8Array.of(0x01, 0x02, 0x6f, 0x6c, 0x3a);
const reading: IcCardReading = { kind: 'ic-card', uid: '01026F6C3A', protocol: 'made-up' };

it('a protocol nobody has thought of is read by the driver there is, from the emulator there is', async () => {
  const { emulator, driver, readings, line } = await lineReaderOnWire(MADE_UP);
  emulator.hold(CARD);
  await until(() => driver.counters().frames > 3, 'the card, several times');
  expect(readings).toEqual([reading]);
  emulator.lift();

  emulator.damagedFrame(CARD);
  await until(() => driver.counters().errors['content'] === 1, 'the damaged frame');
  emulator.halfFrame(CARD);
  await until(() => driver.counters().errors['half-line'] === 1, 'the half frame');
  emulator.touch(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff));
  await until(() => readings.length > 1, 'another card');
  expect(readings.map(({ uid }) => uid)).toEqual(['01026F6C3A', 'FFFFFFFFFF']);

  await line.unplug();
  await becomes(driver, 'no-device');
  await line.plug();
  await becomes(driver, 'ready');
});

it('the set-up knows it by its check, as soon as it is in the table', () => {
  const bytes = MADE_UP.encode(CARD) ?? new Uint8Array();
  const table = { ...LINE_PROTOCOLS, 'made-up': MADE_UP };
  expect(judge([{ bytes, isCut: false }], table)).toEqual({ kind: 'ic-card', protocol: 'made-up', isChecked: true });
});

it('whatever is in the table is known to tool decode', () => {
  expect([...PROTOCOLS.keys()]).toEqual(expect.arrayContaining(Object.keys(IC_CARD_PROTOCOLS)));
});

it('the page about it shows this very file', () => {
  const page = readFileSync(join(ROOT, 'docs/devices.md'), 'utf8');
  const file = readFileSync(join(ROOT, 'test/fixtures/made-up-reader.ts'), 'utf8');
  // In its place in hardware/protocol it imports its neighbours.
  expect(page).toContain(file.replaceAll('#hardware/protocol/', './'));
});
