import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** The native modules a process has loaded after it has run this. */
function loadedBy(script: string): readonly string[] {
  const report = `
    const loaded = process.report.getReport().sharedObjects.filter((path) => path.endsWith('.node'));
    console.log(JSON.stringify(loaded));`;
  const module_ = `await (async () => { ${script} })(); ${report}`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', module_], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const found: unknown = JSON.parse(printed);
  if (!Array.isArray(found)) throw new Error(printed);
  return found.map((path) => /serialport|node-hid|node-usb/.exec(String(path))?.[0] ?? String(path));
}

const openWith = (settings: object) => `
  const { createTransport } = await import('#hardware/transport/device-transport.ts');
  const log = { info() {}, warn() {} };
  await createTransport(${JSON.stringify(settings)}, log).open({ onBytes() {}, onGone() {} });`;

it('a terminal loads no native module of a device before it has such a device', () => {
  expect(loadedBy(`await import('#electron/core/terminal.ts');`)).toEqual([]);
});

it.each([
  [{ path: '/nonexistent/tty', baud: 9600 }, ['serialport']],
  [{ kind: 'tcp', host: '127.0.0.1', port: 1 }, []],
  [{ kind: 'hid', vid: 1, pid: 1 }, ['node-hid']],
  [{ kind: 'usb', vid: 1, pid: 1 }, ['node-usb']],
])('%o loads its own and no other', (settings, loaded) => {
  expect(loadedBy(openWith(settings))).toEqual(loaded);
});
