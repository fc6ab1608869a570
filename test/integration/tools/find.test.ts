import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { machineSchema } from '#electron/core/settings.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { createSerialTransport } from '#hardware/transport/serial-line.ts';
import { SILENT_LOG, WATCH_MS } from '../hardware/device-bench.ts';
import { wire } from '../hardware/finder-bench.ts';

/** A machine may have neither of them. */
const CAN_TELL = ['fuser', 'lsof'].some((program) => existsSync(join('/usr/bin', program)));
const HOLDER = CAN_TELL ? new RegExp(`pid ${process.pid} \\(.+\\)`) : /fuser or lsof would say/;
const ROOT = join(import.meta.dirname, '../../..');

/** Runs `find` as a technician would. */
async function find(...args: string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/tool.ts'), 'find', ...args]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const status = await new Promise((resolve) => child.once('close', resolve));
  const lines = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line));
  return { status, lines, stdout, stderr };
}

it('find says what is there, and settings that a terminal takes', async () => {
  const [reader, scanner] = [await wire(), await wire()];
  createCardReaderEmulator({ line: reader.line });
  const found = find('--seconds', '60', '--port', reader.path, '--port', scanner.path);
  await scanner.isListenedTo();
  const scan = setInterval(() => scanner.line.send(new TextEncoder().encode(`${itemLabel('HF-000001')}\r`)), 700);
  const { status, lines, stdout, stderr } = await found;
  clearInterval(scan);
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('2 to look at') });
  expect(lines.map(({ kind }) => kind)).toEqual(['finding', 'finding', 'settings']);
  expect(machineSchema.parse(lines[2]?.['settings'])).toEqual({
    zone: 'Asia/Shanghai',
    scanner: { path: scanner.path, baud: 9600 },
    cardReader: { path: reader.path, baud: 115_200 },
  });
  expect(stdout).not.toContain('HF-');
});

it('find says which program holds a port', async () => {
  const { path } = await wire();
  const opened = await createSerialTransport({ path, baud: 9600, watchMs: WATCH_MS, log: SILENT_LOG }).open({
    onBytes: () => {},
    onGone: () => {},
  });
  const { status, lines } = await find('--seconds', '5', '--port', path);
  if (opened.ok) await opened.value.close();
  expect([opened.ok, status]).toEqual([true, 1]);
  expect(lines).toMatchObject([
    { condition: 'busy', todo: expect.stringMatching(HOLDER) },
    { kind: 'settings', settings: {}, others: [] },
  ]);
});

it('find refuses a call that makes no sense', async () => {
  expect(await find('--seconds', 'soon')).toMatchObject({ status: 2, lines: [] });
  expect(await find('--shown', 'anything')).toMatchObject({ status: 2, lines: [] });
});
