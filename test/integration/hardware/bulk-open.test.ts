import { expect, it } from 'vitest';
import { createBulkTransport } from '#hardware/transport/bulk-line.ts';
import { createNativeModule } from '#hardware/transport/native-module.ts';
import { bulkReader, IDS, UNHEARD } from './bulk-bench.ts';
import { SILENT_LOG } from './device-bench.ts';

it.each([
  ['open error: failed to open device: permission denied', 'no-permission'],
  ['open error: device is busy', 'busy'],
  ['open error: device not found', 'no-device'],
  ['open error: something else', 'broken'],
])('"%s" is %s', async (words, condition) => {
  const { device, transport } = bulkReader('single');
  device.refuse(words);
  expect(await transport.open(UNHEARD)).toEqual({ ok: false, error: condition });
});

it('a reader that another has claimed is busy, until it is given back', async () => {
  const { transport } = bulkReader('split');
  const first = await transport.open(UNHEARD);
  if (!first.ok) throw new Error(first.error);
  expect(await transport.open(UNHEARD)).toEqual({ ok: false, error: 'busy' });
  await first.value.close();
  const second = await transport.open(UNHEARD);
  expect(second.ok).toBe(true);
  if (second.ok) await second.value.close();
});

it('a device without bulk endpoints is no reader', async () => {
  const { transport } = bulkReader('no-reader');
  expect(await transport.open(UNHEARD)).toEqual({ ok: false, error: 'broken' });
});

it('of two alike the one with the serial number is opened', async () => {
  const { usb, device } = bulkReader('single', 'S1');
  const other = usb.add({ vendorId: IDS.vid, productId: IDS.pid, kind: 'split', serialNumber: 'S2', timeoutMs: 30 });
  other.plug();
  const load = async () => usb.bus;
  const opened = await createBulkTransport({ ...IDS, serial: 'S2', load, log: SILENT_LOG }).open(UNHEARD);
  expect([device.isClaimed(), other.isClaimed()]).toEqual([false, true]);
  if (opened.ok) await opened.value.close();
  const missing = createBulkTransport({ ...IDS, serial: 'S3', load, log: SILENT_LOG });
  expect(await missing.open(UNHEARD)).toEqual({ ok: false, error: 'no-device' });
});

it('a machine without the native module, or one that can not list USB devices, has no reader and goes on', async () => {
  const load = createNativeModule(() => Promise.reject(new Error('no native build')), 'usb', SILENT_LOG);
  const withoutModule = createBulkTransport({ ...IDS, load, log: SILENT_LOG });
  expect(await withoutModule.open(UNHEARD)).toEqual({ ok: false, error: 'broken' });
  const bus = { getDevices: () => Promise.reject(new Error('getDevices error: /sys/bus/usb/devices/ not found')) };
  const withoutBus = createBulkTransport({ ...IDS, load: async () => bus, log: SILENT_LOG });
  expect(await withoutBus.open(UNHEARD)).toEqual({ ok: false, error: 'no-device' });
});
