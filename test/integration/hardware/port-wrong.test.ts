import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { becomes, startScanner } from './device-bench.ts';

it('a path that leads to no serial line is broken, not a crash', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'red-sail-devices-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'scanner');
  writeFileSync(path, 'a file');
  const { driver, readings } = startScanner(path);
  await becomes(driver, 'broken');
  expect(readings).toEqual([]);
});
