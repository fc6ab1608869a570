import { execFileSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { createSerialTransport, type SerialSettings } from '#hardware/transport/serial-line.ts';
import { bareWire, SILENT_LOG, WATCH_MS } from './device-bench.ts';

/** What the kernel says of an open line. A pseudo-terminal keeps speed and stop bits; it has always 8 bits, no parity. */
async function asked(settings: Omit<SerialSettings, 'path'>) {
  const line = bareWire();
  await line.plug();
  const { path } = line;
  const opened = await createSerialTransport({ path, ...settings, watchMs: WATCH_MS, log: SILENT_LOG }).open({
    onBytes: () => {},
    onGone: () => {},
  });
  if (!opened.ok) throw new Error(opened.error);
  onTestFinished(() => opened.value.close());
  const said = execFileSync('stty', ['-F', path, '-a'], { encoding: 'utf8' });
  return { speed: /speed (\d+) baud/.exec(said)?.[1], twoStopBits: / cstopb/.test(said) };
}

it.each([
  [{ baud: 9600 }, { speed: '9600', twoStopBits: false }],
  [
    { baud: 115_200, stopBits: 1 as const },
    { speed: '115200', twoStopBits: false },
  ],
  // Old Metrologic engines say 7 bits, space parity and 2 stop bits (device notes 2.1): the same on the wire.
  [
    { baud: 9600, dataBits: 8 as const, parity: 'none' as const, stopBits: 2 as const },
    { speed: '9600', twoStopBits: true },
  ],
  [
    { baud: 9600, parity: 'even' as const, dataBits: 7 as const },
    { speed: '9600', twoStopBits: false },
  ],
  [
    { baud: 9600, parity: 'odd' as const, dataBits: 7 as const },
    { speed: '9600', twoStopBits: false },
  ],
])('%o is what the line is opened with', async (settings, expected) => {
  expect(await asked(settings)).toEqual(expected);
});
