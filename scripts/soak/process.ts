/** The drivers of the product with the waits of the product, on the lines of a folder; tells its parent what they read. */
import { join } from 'node:path';
import { createBarcodeScanner } from '#hardware/device/barcode-scanner.ts';
import { createCardReader } from '#hardware/device/card-reader.ts';
import { DEVICE_DELAYS, type Driver } from '#hardware/device/driver.ts';
import { createIcCardReader } from '#hardware/device/ic-card-reader.ts';
import { createTransport } from '#hardware/transport/device-transport.ts';
import { DEVICES, type DeviceName, type Told } from './contract.ts';

const [folder = ''] = process.argv.slice(2);
const log = { info: () => {}, warn: () => {} };
const tell = (told: Told) => process.send?.(told);

const optionsOf = (device: DeviceName) => ({
  transport: createTransport({ path: join(folder, device), baud: 115_200 }, log),
  delays: DEVICE_DELAYS,
  random: Math.random,
  log,
  monotonic: () => performance.now(),
  onCondition: (condition: ReturnType<Driver['condition']>) => tell({ kind: 'condition', device, condition }),
});
const read = (device: DeviceName, what: string) => tell({ kind: 'reading', device, what });

const drivers: Readonly<Record<DeviceName, Driver>> = {
  scanner: createBarcodeScanner({ ...optionsOf('scanner'), onReading: ({ text }) => read('scanner', text) }),
  cardReader: createCardReader({
    ...optionsOf('cardReader'),
    onReading: (reading) => {
      if (reading.kind === 'id-card') read('cardReader', reading.card.number);
    },
  }),
  icCardReader: createIcCardReader({
    ...optionsOf('icCardReader'),
    protocol: 'rdm6300',
    onReading: ({ uid }) => read('icCardReader', uid),
  }),
};
for (const device of DEVICES) drivers[device].start();

const seenBy = (driver: Driver) => driver.counters().droppedBytes + driver.counters().frames;

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const seen = {
    scanner: seenBy(drivers.scanner),
    cardReader: seenBy(drivers.cardReader),
    icCardReader: seenBy(drivers.icCardReader),
  };
  tell({ kind: 'usage', cpuUs: user + system, rss: process.memoryUsage.rss(), seen });
});
process.on('disconnect', () => process.exit());
