import { expect, it } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createHidBus } from '#hardware/emulator/hid-device.ts';
import type { FinderPlace } from '#hardware/finder/find-devices.ts';
import { encodeReply } from '#hardware/protocol/sdt-message.ts';
import { SW3 } from '#hardware/protocol/sdt-status.ts';
import { bulkReader, IDS } from './bulk-bench.ts';
import { until } from './device-bench.ts';
import { find } from './finder-bench.ts';
import { hidAt, hidCardReader, hidScanner, READER_IDS, reportsOf, SCANNER_IDS } from './hid-bench.ts';

function hidPlace(bus: ReturnType<typeof createHidBus>, kind: 'card-reader' | 'hid-scanner'): FinderPlace {
  const ids = kind === 'card-reader' ? READER_IDS : SCANNER_IDS;
  const settings = { kind: 'hid', ...ids } as const;
  return { kind, port: 'hid', namedBy: 'model', settingsAt: () => settings, transportAt: () => hidAt(bus, ids) };
}

const bulkPlace = ({ transport }: ReturnType<typeof bulkReader>): FinderPlace => ({
  kind: 'card-reader',
  port: 'usb',
  namedBy: 'model',
  settingsAt: () => ({ kind: 'usb', ...IDS }),
  transportAt: () => transport,
});

it('a HID scanner is known by what it says of itself, and surely when a scan is heard; nothing is sent to it', async () => {
  const bus = createHidBus();
  const device = hidScanner(bus);
  let sent = 0;
  device.onBytes(() => {
    sent += 1;
  });
  const { done } = find([hidPlace(bus, 'hid-scanner')]);
  const [report] = reportsOf('HF-000001');
  await until(() => device.report(report ?? new Uint8Array()), 'somebody who reads');
  expect(await done).toMatchObject([
    { what: 'barcode-scanner', settings: { kind: 'hid', ...SCANNER_IDS }, todo: null, speed: null },
  ]);
  expect(sent).toBe(0);
});

it('a HID scanner that nobody pulls is found all the same, and a scan is asked for', async () => {
  const bus = createHidBus();
  hidScanner(bus);
  const { done, end } = find([hidPlace(bus, 'hid-scanner')]);
  setTimeout(end, 100);
  expect(await done).toMatchObject([{ what: 'barcode-scanner', todo: expect.stringContaining('scan something') }]);
});

it('a HID card reader answers', async () => {
  const bus = createHidBus();
  createCardReaderEmulator({ line: hidCardReader(bus) });
  expect(await find([hidPlace(bus, 'card-reader')]).done).toMatchObject([
    { what: 'id-card-reader', condition: 'ready', settings: { kind: 'hid', ...READER_IDS } },
  ]);
});

it.each(['split', 'single'] as const)('a card reader with %s bulk endpoints answers', async (kind) => {
  expect(await find([bulkPlace(bulkReader(kind))]).done).toMatchObject([
    { what: 'id-card-reader', condition: 'ready', settings: { kind: 'usb', ...IDS } },
  ]);
});

it('a bulk reader that is broken, held or forbidden says what to do', async () => {
  const broken = bulkReader('single');
  broken.device.onBytes(() => broken.device.send(encodeReply(SW3.samUnauthorised)));
  const held = bulkReader('single');
  held.device.refuse('interface is busy');
  const forbidden = bulkReader('single');
  forbidden.device.refuse('permission denied');
  const silent = bulkReader('single');
  silent.emulator.behave('silent');
  expect(await find([broken, held, forbidden, silent].map(bulkPlace)).done).toMatchObject([
    { condition: 'broken', todo: expect.stringContaining('vendor') },
    { condition: 'busy', todo: expect.stringContaining('pid 7') },
    { condition: 'no-permission', todo: expect.stringContaining('redsail') },
    { condition: 'silent', todo: expect.stringContaining('power') },
  ]);
});
