import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createHidBus } from '#hardware/emulator/hid-device.ts';
import { createHidTransport } from '#hardware/transport/hid-line.ts';
import { createNativeModule } from '#hardware/transport/native-module.ts';
import { becomes, SILENT_LOG, startHidPosScanner, until, WATCH_MS } from './device-bench.ts';
import { hidAt, hidScanner, reportsOf, SCANNER_IDS } from './hid-bench.ts';

/** Root may open anything: as nobody it is as any user without the rights. */
const NOBODY = 65_534;
const unheard = { onBytes: () => {}, onGone: () => {} };

function node(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'red-sail-devices-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  const path = join(folder, name);
  writeFileSync(path, '');
  return path;
}

it('of two scanners alike each driver reads its own, by serial number or by path', async () => {
  const bus = createHidBus();
  const [left, right] = [node('left'), node('right')];
  const [a, b] = [hidScanner(bus, left, 'A1'), hidScanner(bus, right, 'B2')];
  const bySerial = startHidPosScanner(hidAt(bus, { ...SCANNER_IDS, serial: 'B2' }));
  const byPath = startHidPosScanner(hidAt(bus, { ...SCANNER_IDS, path: left }));
  await becomes(bySerial.driver, 'ready');
  await becomes(byPath.driver, 'ready');
  for (const report of reportsOf('LEFT-1')) a.report(report);
  for (const report of reportsOf('RIGHT-1')) b.report(report);
  await until(() => bySerial.readings.length + byPath.readings.length === 2, 'both readings');
  expect(byPath.readings.map(({ text }) => text)).toEqual(['LEFT-1']);
  expect(bySerial.readings.map(({ text }) => text)).toEqual(['RIGHT-1']);
});

it('a keyboard of the same device is never opened, nor one that squats on the page of scanners', async () => {
  const bus = createHidBus();
  const { vid: vendorId, pid: productId } = SCANNER_IDS;
  bus.add({ vendorId, productId, path: '/dev/a', usagePage: 0x01, usage: 0x06 }).plug();
  bus.add({ vendorId, productId, path: '/dev/b', usagePage: 0x8c, usage: 0x01 }).plug();
  const transport = hidAt(bus, SCANNER_IDS);
  expect(await transport.open(unheard)).toEqual({ ok: false, error: 'no-device' });
  bus.add({ vendorId, productId, path: '/dev/c', usagePage: 0x8c, usage: 0x02 }).plug();
  expect((await transport.open(unheard)).ok).toBe(true);
  expect([bus.openOf('/dev/a'), bus.openOf('/dev/b'), bus.openOf('/dev/c')]).toEqual([0, 0, 1]);
});

it('a device that may not be opened says so, one that can not be opened is broken, one that is gone is missed', async () => {
  const bus = createHidBus();
  const path = node('hidraw0');
  const device = hidScanner(bus, path);
  device.refuse(true);
  const transport = hidAt(bus, SCANNER_IDS);
  expect(await transport.open(unheard)).toEqual({ ok: false, error: 'broken' });
  chmodSync(path, 0o000);
  if (process.getuid?.() === 0) {
    process.seteuid?.(NOBODY);
    onTestFinished(() => process.seteuid?.(0));
  }
  expect(await transport.open(unheard)).toEqual({ ok: false, error: 'no-permission' });
  if (process.getuid?.() === 0) process.seteuid?.(0);
  rmSync(path);
  expect(await transport.open(unheard)).toEqual({ ok: false, error: 'no-device' });
});

it('a machine without the native module has a broken device and says why once', async () => {
  const warnings: object[] = [];
  const log = { ...SILENT_LOG, warn: (fields: object) => void warnings.push(fields) };
  const load = createNativeModule(() => Promise.reject(new Error('libudev.so.1: no such file')), 'hid', log);
  const options = { ...SCANNER_IDS, load, readDescriptor: async () => null, watchMs: WATCH_MS, log };
  const transport = createHidTransport(options);
  expect(await transport.open(unheard)).toEqual({ ok: false, error: 'broken' });
  expect(await transport.open(unheard)).toEqual({ ok: false, error: 'broken' });
  expect(warnings).toHaveLength(1);
});
