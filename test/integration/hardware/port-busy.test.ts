import { expect, it } from 'vitest';
import { becomes, scannerOnWire, startScanner, until } from './device-bench.ts';

it('a second opener is told that the port is busy, and gets it when the first lets go', async () => {
  const { line, emulator } = scannerOnWire();
  await line.plug();
  const first = startScanner(line.path);
  await becomes(first.driver, 'ready');
  const second = startScanner(line.path);
  await becomes(second.driver, 'busy');
  emulator.scan('HF-000123');
  await until(() => first.readings.length > 0, 'a reading');
  expect(second.readings).toEqual([]);

  await first.driver.stop();
  await becomes(second.driver, 'ready');
  emulator.scan('HF-000124');
  await until(() => second.readings.length > 0, 'a reading');
  expect(first.readings).toHaveLength(1);
});
