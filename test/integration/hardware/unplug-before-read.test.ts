import { expect, it } from 'vitest';
import { openSerialLine } from '#hardware/transport/serial-line.ts';
import { bareWire, cpuShare, SHORT_DELAYS, until } from './device-bench.ts';

/** Opens a line while its plug is pulled. True: it was never open, or it was and its end was told once. */
async function openWhileUnplugged(): Promise<boolean> {
  const line = bareWire();
  await line.plug();
  let gone = 0;
  const opening = openSerialLine({
    path: line.path,
    baud: 115_200,
    watchMs: SHORT_DELAYS.watch,
    onBytes: () => {},
    onGone: () => {
      gone += 1;
    },
  });
  const [opened] = await Promise.all([opening, line.unplug()]);
  if (!opened.ok) return gone === 0;
  await until(() => gone > 0, 'the hang-up to be noticed');
  const sent = opened.value.send(Uint8Array.of(1));
  await opened.value.close();
  return !sent && gone === 1;
}

/** The case of device notes 4.2: a hang-up that lands before the first read makes no event, and a core spins. */
it('a hang-up before the first read is noticed by the watch, and no core spins', async () => {
  for (let times = 0; times < 5; times += 1) expect(await openWhileUnplugged()).toBe(true);
  expect(await cpuShare(1_000)).toBeLessThan(0.5);
});
