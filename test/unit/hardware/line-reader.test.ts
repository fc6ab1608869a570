import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { DEVICE_DELAYS } from '#hardware/device/driver.ts';
import { createLineReader } from '#hardware/device/line-reader.ts';
import { LINE_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import type { LineEvents } from '#hardware/transport/transport.ts';
import { ok } from '#shared/result.ts';

it('a flood of garbage is counted whole, and each fault said in the log once a second', async () => {
  let now = 0;
  let events: LineEvents | null = null;
  const said: object[] = [];
  const driver = createLineReader({
    protocol: LINE_PROTOCOLS.rdm6300,
    transport: {
      name: 'memory',
      open: async (heard) => {
        events = heard;
        return ok({ send: () => true, close: async () => {} });
      },
    },
    delays: DEVICE_DELAYS,
    random: () => 0,
    log: { info: () => {}, warn: (fields) => said.push(fields) },
    onCondition: () => {},
    monotonic: () => now,
    onReading: () => {},
  });
  onTestFinished(() => driver.stop());
  driver.start();
  while (driver.condition() !== 'ready') await sleep(1);
  const wrong = Buffer.from('\u0002010063E9AE36\u0003');
  for (let frame = 0; frame < 1000; frame += 1) events!.onBytes(wrong);
  now += 2_000;
  events!.onBytes(wrong);
  expect(said).toMatchObject([
    { device: 'memory', code: 'checksum', unsaid: 0 },
    { device: 'memory', code: 'checksum', unsaid: 999 },
  ]);
  expect(driver.counters().errors).toEqual({ checksum: 1001 });
});
