import { expect, it } from 'vitest';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import { becomes, startScanner, until } from './device-bench.ts';
import { openTcp, serialServer, tcpAt } from './tcp-bench.ts';

it('a refused connection is busy: the box is there, but not for us; it is read as soon as it takes us', async () => {
  const box = await serialServer();
  await box.stopListening();
  const { driver, readings } = startScanner(tcpAt(box.port));
  await becomes(driver, 'busy');
  await box.listen();
  await becomes(driver, 'ready');
  await until(() => box.connections() > 0, 'the connection');
  createScannerEmulator({ line: box }).scan('HF-000123');
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map(({ text }) => text)).toEqual(['HF-000123']);
});

it('an open that was refused tells nothing more', async () => {
  const box = await serialServer();
  await box.stopListening();
  const { opened, gone } = await openTcp(box.port);
  expect([opened, gone()]).toEqual([{ ok: false, error: 'busy' }, 0]);
});
