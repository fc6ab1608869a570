import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { unreachable } from '#shared/result.ts';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createIcCardReaderEmulator } from '#hardware/emulator/ic-card-reader.ts';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import { createWire, type Wire } from '#hardware/emulator/wire.ts';
import { RDM6300 } from '#hardware/protocol/rdm6300.ts';
import type { Transport } from '#hardware/transport/transport.ts';
import {
  aWhile,
  becomes,
  cpuShare,
  pseudoTerminal,
  seeded,
  serialAt,
  SPRING,
  startCardReader,
  startIcCardReader,
  startScanner,
  SUMMER,
  until,
} from './device-bench.ts';
import { serialServer, tcpAt } from './tcp-bench.ts';

type Reader = 'scanner' | 'card-reader' | 'ic-card-reader';
type LineKind = 'serial' | 'tcp';

/** Each reader on each line. */
export const READERS_ON_LINES = [
  ['scanner', 'serial'],
  ['scanner', 'tcp'],
  ['card-reader', 'serial'],
  ['card-reader', 'tcp'],
  ['ic-card-reader', 'serial'],
  ['ic-card-reader', 'tcp'],
] as const satisfies readonly (readonly [Reader, LineKind])[];

async function badLine(kind: LineKind) {
  const random = seeded(5);
  const bit = { sleep: (ms: number) => sleep(ms), random };
  if (kind === 'tcp') {
    const server = await serialServer();
    const unplug = () => server.stopListening();
    const wire = createWire({ ...bit, line: server, unplug });
    return { wire, at: tcpAt(server.port), plug: () => server.listen() };
  }
  const line = pseudoTerminal('bad-wire');
  await line.plug();
  const wire = createWire({ ...bit, line, unplug: () => line.unplug() });
  return { wire, at: serialAt(line.path), plug: () => line.plug() };
}

/** A device behind the wire, its driver, and two things to show to it; `seen` is what was read, by their names. */
function player(reader: Reader, wire: Wire, at: Transport) {
  switch (reader) {
    case 'scanner': {
      const emulator = createScannerEmulator({ line: wire });
      const { driver, readings, conditions } = startScanner(at);
      const names: Readonly<Record<string, string>> = { 'HF-000123': 'first', 'HF-000124': 'second' };
      return {
        driver,
        conditions,
        show: (thing: 'first' | 'second') => emulator.scan(thing === 'first' ? 'HF-000123' : 'HF-000124'),
        lift: () => {},
        seen: () => readings.map(({ text }) => names[text] ?? text),
      };
    }
    case 'card-reader': {
      const emulator = createCardReaderEmulator({ line: wire });
      const { driver, readings, conditions } = startCardReader(at, { readAnswer: 5_000 });
      const names: Readonly<Record<string, string>> = { [SPRING.number]: 'first', [SUMMER.number]: 'second' };
      return {
        driver,
        conditions,
        show: (thing: 'first' | 'second') => emulator.placeCard(thing === 'first' ? SPRING : SUMMER),
        lift: () => emulator.liftCard(),
        seen: () =>
          readings.map((reading) =>
            reading.kind === 'id-card' ? (names[reading.card.number] ?? reading.card.number) : reading.kind,
          ),
      };
    }
    case 'ic-card-reader': {
      const emulator = createIcCardReaderEmulator({ line: wire, protocol: RDM6300, every: () => () => {} });
      const { driver, readings, conditions } = startIcCardReader(at);
      const names: Readonly<Record<string, string>> = { '010063E9AE': 'first', '0C000621A5': 'second' };
      const [first, second] = [
        Uint8Array.of(0x01, 0x00, 0x63, 0xe9, 0xae),
        Uint8Array.of(0x0c, 0x00, 0x06, 0x21, 0xa5),
      ];
      return {
        driver,
        conditions,
        show: (thing: 'first' | 'second') => emulator.touch(thing === 'first' ? first : second),
        lift: () => {},
        seen: () => readings.map(({ uid }) => names[uid] ?? uid),
      };
    }
    default:
      return unreachable(reader);
  }
}

/** A reader that is ready, with a wire that will do what the test says. */
export async function readyOnBadWire(reader: Reader, kind: LineKind) {
  const { wire, at, plug } = await badLine(kind);
  const device = player(reader, wire, at);
  await becomes(device.driver, 'ready');
  return { wire, plug, ...device };
}
type OnBadWire = Awaited<ReturnType<typeof readyOnBadWire>>;

/** The trouble is over: the driver is well, spins no core, and the next thing shown is read exactly once. */
export async function expectWell({ wire, plug, driver, lift, show, seen }: OnBadWire): Promise<void> {
  lift();
  await wire.settled();
  wire.behave('correct');
  await plug();
  await aWhile();
  await becomes(driver, 'ready');
  const times = () => seen().filter((thing) => thing === 'second').length;
  expect(times()).toBe(0);
  show('second');
  await until(() => times() > 0, 'the next reading');
  expect(await cpuShare(500)).toBeLessThan(0.5);
  expect(times()).toBe(1);
  expect(driver.condition()).toBe('ready');
}
