import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';
import type { DeviceCondition } from '#shared/contract/kiosk.ts';
import { idNumberCheck } from '#shared/people/id-number.ts';
import { type BarcodeReading, createBarcodeScanner, createHidPosScanner } from '#hardware/device/barcode-scanner.ts';
import type { CardReading } from '#hardware/device/card-on-reader.ts';
import { createCardReader } from '#hardware/device/card-reader.ts';
import type { DeviceDelays, Driver } from '#hardware/device/driver.ts';
import { createIcCardReader } from '#hardware/device/ic-card-reader.ts';
import { createLineReader } from '#hardware/device/line-reader.ts';
import { createCardReaderEmulator, randomChunks } from '#hardware/emulator/card-reader.ts';
import { createIcCardReaderEmulator } from '#hardware/emulator/ic-card-reader.ts';
import { createPseudoTerminal, type PseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import type { IcCardProtocol } from '#hardware/protocol/ic-card-protocol.ts';
import type { IcCardReading } from '#hardware/protocol/ic-card.ts';
import { IC_CARD_PROTOCOLS, type IcCardProtocolName } from '#hardware/protocol/line-protocols.ts';
import type { LinePause } from '#hardware/protocol/line.ts';
import type { IdCard } from '#hardware/protocol/sdt-card.ts';
import { createSerialTransport } from '#hardware/transport/serial-line.ts';
import type { Transport } from '#hardware/transport/transport.ts';

/** The waits of the product, each shorter: what happens is the same. */
export const SHORT_DELAYS: DeviceDelays = {
  reopenFirst: 20,
  reopenLongest: 100,
  pause: 100,
  repeat: 400,
  poll: 20,
  deaf: 1_000,
  answer: 200,
  readAnswer: 1_000,
  broken: 100,
};

function person(name: string, first17: string): IdCard {
  return {
    type: 'citizen',
    name,
    sex: 'female',
    nation: '汉',
    birth: first17.slice(6, 14),
    address: '济东新村 3 号楼 2 单元',
    number: first17 + idNumberCheck(first17),
    authority: '示例市公安局',
    validFrom: '20200101',
    validTo: '长期',
  };
}

/** People that do not exist: the region code is not allotted. */
export const SPRING = person('王示春', '37089919900101002');
export const SUMMER = person('李示夏', '37089919850606004');

/** A pseudo-random 0 to 1, the same in each run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Waits until this is so; long after any machine has done it, gives up. */
export async function until(look: () => boolean, what: string): Promise<void> {
  await vi.waitFor(
    () => {
      if (!look()) throw new Error(`still waiting: ${what}`);
    },
    { timeout: 20_000, interval: 5 },
  );
}

export const becomes = (driver: Driver, condition: DeviceCondition) =>
  until(() => driver.condition() === condition, `${condition}, it is ${driver.condition()}`);

/** Long enough for the drivers to do what they would do: several polls, pauses and watches. */
export const aWhile = () => sleep(SHORT_DELAYS.pause * 3);

export function pseudoTerminal(name: string): PseudoTerminal & { readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'red-sail-devices-'));
  const path = join(folder, name);
  const line = createPseudoTerminal({ path });
  onTestFinished(async () => {
    await line.unplug();
    rmSync(folder, { recursive: true });
  });
  return { path, ...line };
}

/** The device node is looked at so often. */
export const WATCH_MS = 50;

export const SILENT_LOG = { info: () => {}, warn: () => {} };

export const serialAt = (path: string): Transport =>
  createSerialTransport({ path, baud: 115_200, watchMs: WATCH_MS, log: SILENT_LOG });

function driverOptions(at: string | Transport) {
  const conditions: DeviceCondition[] = [];
  const options = {
    transport: typeof at === 'string' ? serialAt(at) : at,
    delays: SHORT_DELAYS,
    random: seeded(7),
    log: SILENT_LOG,
    onCondition: (condition: DeviceCondition) => {
      conditions.push(condition);
    },
  };
  return { conditions, options };
}

export function startScanner(at: string | Transport, settings: { readonly pause?: LinePause } = {}) {
  const readings: BarcodeReading[] = [];
  const { conditions, options } = driverOptions(at);
  const driver = createBarcodeScanner({
    ...options,
    ...settings,
    monotonic: () => performance.now(),
    onReading: (reading) => readings.push(reading),
  });
  onTestFinished(() => driver.stop());
  driver.start();
  return { driver, readings, conditions };
}

export function startHidPosScanner(transport: Transport) {
  const readings: BarcodeReading[] = [];
  const { conditions, options } = driverOptions(transport);
  const driver = createHidPosScanner({
    ...options,
    monotonic: () => performance.now(),
    onReading: (reading) => readings.push(reading),
  });
  onTestFinished(() => driver.stop());
  driver.start();
  return { driver, readings, conditions };
}

export function startCardReader(at: string | Transport, delays: Partial<DeviceDelays> = {}) {
  const readings: CardReading[] = [];
  const { conditions, options } = driverOptions(at);
  const driver = createCardReader({
    ...options,
    monotonic: () => performance.now(),
    delays: { ...SHORT_DELAYS, ...delays },
    onReading: (reading) => readings.push(reading),
  });
  onTestFinished(() => driver.stop());
  driver.start();
  return { driver, readings, conditions };
}

/** A reader of RDM6300 tags, by the clock of the machine. */
export function startIcCardReader(at: string | Transport) {
  const readings: IcCardReading[] = [];
  const { conditions, options } = driverOptions(at);
  const driver = createIcCardReader({
    ...options,
    protocol: 'rdm6300',
    monotonic: () => performance.now(),
    onReading: (reading) => readings.push(reading),
  });
  onTestFinished(() => driver.stop());
  driver.start();
  return { driver, readings, conditions };
}

/** A scanner and its line; not plugged in yet. */
export function scannerOnWire() {
  const line = pseudoTerminal('scanner');
  return { line, emulator: createScannerEmulator({ line }) };
}

/** A card reader and its line, answering in random pieces; not plugged in yet. */
export function cardReaderOnWire() {
  const line = pseudoTerminal('card-reader');
  return { line, emulator: createCardReaderEmulator({ line, chunks: randomChunks(seeded(11)) }) };
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}

/**
 * A reader of IC cards, plugged in and its driver ready. The driver's clock goes on by 50 ms with each card it hears, and
 * by `elapse`: a machine that stands still for a moment must not look like a card that was lifted.
 */
export async function readyIcCardReader(protocol: IcCardProtocolName) {
  const line = pseudoTerminal('ic-card-reader');
  const emulator = createIcCardReaderEmulator({ line, protocol: IC_CARD_PROTOCOLS[protocol], every });
  onTestFinished(() => emulator.lift());
  await line.plug();
  const readings: IcCardReading[] = [];
  const { conditions, options } = driverOptions(line.path);
  let clock = 0;
  const driver = createIcCardReader({
    ...options,
    protocol,
    monotonic() {
      clock += 50;
      return clock;
    },
    onReading: (reading) => readings.push(reading),
  });
  onTestFinished(() => driver.stop());
  driver.start();
  await becomes(driver, 'ready');
  const elapse = (ms: number) => {
    clock += ms;
  };
  return { line, emulator, driver, readings, conditions, elapse };
}

/** A reader in a protocol that need not be in the table, plugged in, and the generic driver, ready. */
export async function lineReaderOnWire(protocol: IcCardProtocol) {
  const line = pseudoTerminal('line-reader');
  const emulator = createIcCardReaderEmulator({ line, protocol, every });
  onTestFinished(() => emulator.lift());
  await line.plug();
  const readings: IcCardReading[] = [];
  const { options } = driverOptions(line.path);
  // A clock that stands still: a held card is held, however slow the machine.
  const driver = createLineReader({
    ...options,
    protocol,
    monotonic: () => 0,
    onReading: (reading) => readings.push(reading),
  });
  onTestFinished(() => driver.stop());
  driver.start();
  await becomes(driver, 'ready');
  return { line, emulator, driver, readings };
}

/** A line whose far end the test plays itself. */
export const bareWire = () => pseudoTerminal('wire');

/** The share of one core that this process uses over a time, 0 to 1 for each core. */
export async function cpuShare(ms: number): Promise<number> {
  const before = process.cpuUsage();
  const started = performance.now();
  await sleep(ms);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - started);
}
