import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { becomes, scannerOnWire, startScanner, until } from './device-bench.ts';

/** Root may open anything: as nobody it is as any user without the rights. */
const NOBODY = 65_534;

it('a port that this user may not open is said to be so, and read when the rights are given', async () => {
  const { line, emulator } = scannerOnWire();
  await line.plug();
  chmodSync(dirname(line.path), 0o755);
  chmodSync(line.path, 0o000);
  if (process.getuid?.() === 0) {
    process.seteuid?.(NOBODY);
    onTestFinished(() => process.seteuid?.(0));
  }
  const { driver, readings, conditions } = startScanner(line.path);
  await becomes(driver, 'no-permission');

  if (process.getuid?.() === 0) process.seteuid?.(0);
  chmodSync(line.path, 0o600);
  await becomes(driver, 'ready');
  emulator.scan('HF-000123');
  await until(() => readings.length > 0, 'a reading');
  expect(conditions).toEqual(['no-permission', 'ready']);
});
