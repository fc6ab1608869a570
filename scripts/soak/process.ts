/** The drivers of the soak, as the terminal has them, in a process of their own: its CPU time and memory are theirs alone. */
import { performance } from 'node:perf_hooks';
import { createBarcodeScanner } from '#hardware/device/barcode-scanner.ts';
import { createCardReader } from '#hardware/device/card-reader.ts';
import { DEVICE_DELAYS, type DeviceDelays, type Driver } from '#hardware/device/driver.ts';
import { createIcCardReader } from '#hardware/device/ic-card-reader.ts';
import { createTransport, type DeviceSettings } from '#hardware/transport/device-transport.ts';
import { type Lane, setUpSchema, type Word } from './words.ts';

const { hurry, sampleMs, ...lines } = setUpSchema.parse(JSON.parse(process.argv[2] ?? ''));

const say = (word: Word) => process.stdout.write(`${JSON.stringify(word)}\n`);
const monotonic = () => performance.now();
const log = { info: () => {}, warn: () => {} };

const waits: DeviceDelays = {
  reopenFirst: DEVICE_DELAYS.reopenFirst / hurry,
  reopenLongest: DEVICE_DELAYS.reopenLongest / hurry,
  pause: DEVICE_DELAYS.pause,
  repeat: DEVICE_DELAYS.repeat,
  poll: DEVICE_DELAYS.poll / hurry,
  deaf: DEVICE_DELAYS.deaf,
  answer: DEVICE_DELAYS.answer / hurry,
  readAnswer: DEVICE_DELAYS.readAnswer,
  broken: DEVICE_DELAYS.broken / hurry,
};

function options(lane: Lane, settings: DeviceSettings) {
  return {
    transport: createTransport(settings, log),
    delays: waits,
    random: Math.random,
    log,
    monotonic,
    onCondition: (condition: Extract<Word, { word: 'condition' }>['condition']) =>
      say({ word: 'condition', lane, condition }),
  };
}
const reading = (lane: Lane, what: string) => say({ word: 'reading', lane, what });

const drivers: readonly Driver[] = [
  createBarcodeScanner({
    ...options('scanner', { path: lines.scanner, baud: 9600 }),
    onReading: ({ text }) => reading('scanner', text),
  }),
  createCardReader({
    ...options('cardReader', { path: lines.cardReader, baud: 115_200 }),
    onReading(read) {
      if (read.kind === 'id-card') reading('cardReader', read.card.number);
      else say({ word: 'unreadable', lane: 'cardReader' });
    },
  }),
  createIcCardReader({
    ...options('icCardReader', { path: lines.icCardReader, baud: 9600 }),
    protocol: 'rdm6300',
    onReading: ({ uid }) => reading('icCardReader', uid),
  }),
  createBarcodeScanner({
    ...options('tcpScanner', { kind: 'tcp', host: '127.0.0.1', port: lines.tcpPort }),
    onReading: ({ text }) => reading('tcpScanner', text),
  }),
];
for (const driver of drivers) driver.start();

const sampling = setInterval(() => {
  // Only there with --expose-gc: without it the heap is as the collector has left it.
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  say({ word: 'usage', cpuMicros: user + system, rss, heap: heapUsed });
}, sampleMs);

// Its parent has ended, or wants it to.
process.stdin.resume();
process.stdin.once('end', () => {
  clearInterval(sampling);
  void Promise.all(drivers.map((driver) => driver.stop()));
});
