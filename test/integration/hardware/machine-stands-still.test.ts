import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { encodeLine } from '#hardware/protocol/line.ts';
import { becomes, pseudoTerminal, SHORT_DELAYS, startIcCardReader, startScanner, until } from './device-bench.ts';
import { IC_CARD_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';

const RDM6300_FRAME = IC_CARD_PROTOCOLS.rdm6300.encode(Uint8Array.of(1, 0, 0x63, 0xe9, 0xae)) ?? new Uint8Array();

/** Nothing else happens in this process, as when a disk is slow or a laptop wakes up. */
function standStill(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it.each([
  ['a scanner', encodeLine('HF-000123'), startScanner, { text: 'HF-000123' }],
  ['a reader of IC cards', RDM6300_FRAME, startIcCardReader, { uid: '010063E9AE' }],
] as const)(
  '%s: the rest of a frame that came meanwhile is read, not taken for silence',
  async (_name, frame, start, read) => {
    const line = pseudoTerminal('reader');
    await line.plug();
    const { driver, readings } = start(line.path);
    await becomes(driver, 'ready');
    const half = Math.ceil(frame.length / 2);
    line.send(frame.subarray(0, half));
    await sleep(SHORT_DELAYS.pause / 2);
    line.send(frame.subarray(half));
    standStill(SHORT_DELAYS.pause + 300);
    await until(() => readings.length > 0, 'the reading');
    expect(readings).toMatchObject([read]);
    expect(driver.counters().errors).toEqual({});
  },
);
