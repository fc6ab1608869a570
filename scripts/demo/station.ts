import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { SeedResident } from '#server/seed/residents.ts';
import type { CardWay, DockDevice } from '#shared/contract/dock.ts';
import { createCardReaderEmulator, type ReaderMood } from '#hardware/emulator/card-reader.ts';
import { createIcCardReaderEmulator } from '#hardware/emulator/ic-card-reader.ts';
import { createWire, type Wire, type WireManner } from '#hardware/emulator/wire.ts';
import { IC_CARD_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import { createPseudoTerminal, type FarEnd, type PseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import { type Machine, retiredSchema, settingsSchema } from '#electron/core/settings.ts';
import { exited, type StartedChild, startChild } from './child.ts';

/** How long a tapped card lies on the reader: long enough to be found and read, milliseconds. */
const CARD_LIES_MS = 2_000;
const STAFF_CARD_MS = 500;
const STAFF_CARD = Uint8Array.from([0x01, 0x02, 0x03, 0x04, 0x05]);
const FLOOD_BYTES = 65_536;

export interface StationOptions {
  readonly folder: string;
  readonly id: string;
  readonly station: string;
  readonly serverUrl: string;
  /** Asks the console for a code by which this machine becomes the terminal `id`. */
  readonly newCode: () => Promise<string>;
  readonly port: number;
  readonly residents: readonly SeedResident[];
  /** What lies between the card reader and its wire; nothing where it is left out. */
  readonly cardReaderWire?: (line: FarEnd) => FarEnd;
}

function wireOf(line: PseudoTerminal, baud: number, unplug: () => Promise<void>): Wire {
  return createWire({ line, sleep: (ms) => delay(ms), random: Math.random, unplug, baud });
}

const linkAnswer = z.object({ link: z.string() });

/** One terminal as a process, and at the other end of its three serial lines the emulated devices. */
export async function startStation({
  folder,
  id,
  station,
  serverUrl,
  newCode,
  port,
  residents,
  cardReaderWire = (line) => line,
}: StationOptions) {
  mkdirSync(folder, { recursive: true });
  const machine = {
    zone: 'Asia/Shanghai',
    scanner: { path: join(folder, 'tty-scanner'), baud: 9600 },
    cardReader: { path: join(folder, 'tty-card-reader'), baud: 115_200 },
    icCardReader: { path: join(folder, 'tty-ic-card-reader'), baud: 9600, protocol: 'rdm6300' },
  } satisfies Machine;
  const settingsFile = join(folder, 'settings.json');
  const readSettings = (): unknown => (existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {});
  const known = settingsSchema.safeParse(readSettings());
  // Revoked on the console: it stays out of service, as it would at a gatehouse.
  const retired = retiredSchema.safeParse(readSettings());
  // The server's port may be another one than the last time.
  const written = known.success
    ? { ...known.data, icCardReader: machine.icCardReader, server: { url: serverUrl } }
    : (retired.data ?? machine);
  writeFileSync(settingsFile, JSON.stringify(written, null, 2), { mode: 0o600 });
  const enrolment = known.success || retired.success ? [] : ['--enrol', await newCode(), '--server', serverUrl];

  const scannerLine = createPseudoTerminal({ path: machine.scanner.path });
  const cardReaderLine = createPseudoTerminal({ path: machine.cardReader.path });
  const icCardReaderLine = createPseudoTerminal({ path: machine.icCardReader.path });
  const lines = {
    scanner: scannerLine,
    'card-reader': cardReaderLine,
    'ic-card-reader': icCardReaderLine,
  } satisfies Record<DockDevice, PseudoTerminal>;
  await Promise.all(Object.values(lines).map((line) => line.plug()));
  const manners: Record<DockDevice, WireManner> = {
    scanner: 'correct',
    'card-reader': 'correct',
    'ic-card-reader': 'correct',
  };
  const wire = (device: DockDevice, baud: number): Wire =>
    wireOf(lines[device], baud, async () => {
      await lines[device].unplug();
      // Plugged in again, it is a good cable: else it would be out again with the next frame.
      behave(device, 'correct');
      onUnplugged();
    });
  const wires = {
    scanner: wire('scanner', machine.scanner.baud),
    'card-reader': wire('card-reader', machine.cardReader.baud),
    'ic-card-reader': wire('ic-card-reader', machine.icCardReader.baud),
  } satisfies Record<DockDevice, Wire>;
  function behave(device: DockDevice, manner: WireManner): void {
    manners[device] = manner;
    wires[device].behave(manner);
  }
  const scanner = createScannerEmulator({ line: wires.scanner });
  const cardReader = createCardReaderEmulator({ line: cardReaderWire(wires['card-reader']) });
  const icCardReader = createIcCardReaderEmulator({
    line: wires['ic-card-reader'],
    protocol: IC_CARD_PROTOCOLS.rdm6300,
    every(ms, run) {
      const timer = setInterval(run, ms);
      return () => clearInterval(timer);
    },
  });
  let mood: ReaderMood = 'well';
  let card: number | null = null;
  let lift: NodeJS.Timeout | undefined;
  let liftStaffCard: NodeJS.Timeout | undefined;
  let onCardLifted = () => {};
  let onUnplugged = () => {};

  function startTerminal(more: readonly string[] = []): Promise<StartedChild> {
    const args = ['--data', folder, '--port', String(port), '--window', 'none', ...more];
    return startChild('electron/browser.ts', args, {}, join(folder, 'terminal.log'));
  }
  let terminal = await startTerminal(enrolment);
  const enrolled = z.object({ terminal: z.string() }).parse(readSettings()).terminal;
  if (enrolled !== id) throw new Error(`enrolled as ${enrolled}, not ${id}: start with --fresh`);

  return {
    id,
    station,
    folder,
    databasePath: join(folder, 'terminal.sqlite'),
    logFile: join(folder, 'terminal.log'),
    scanner,
    cardReader,
    lines,
    manners: (): Readonly<Record<DockDevice, WireManner>> => ({ ...manners }),
    mood: (): ReaderMood => mood,
    /** Index of the resident whose card lies on the reader. */
    card: (): number | null => card,
    process: (): ChildProcess => terminal.process,

    /** An address that opens this kiosk's page, once. */
    newLink(): Promise<string> {
      const { process: child } = terminal;
      return new Promise((resolve, reject) => {
        child.once('message', (message) => resolve(linkAnswer.parse(message).link));
        child.send({ ask: 'link' }, (error) => {
          if (error) reject(error);
        });
      });
    },

    /** Lays a resident's card on the reader; what lay there is lifted. `whenLifted` is called when it is lifted again. */
    tapCard(resident: number, whenLifted: () => void = () => {}, way: CardWay = 'tap'): void {
      const person = residents[resident];
      if (person === undefined) throw new Error(`no resident ${resident}`);
      clearTimeout(lift);
      onCardLifted();
      onCardLifted = whenLifted;
      if (way === 'pulled') cardReader.pullCard(person.card);
      else cardReader.placeCard(person.card);
      card = resident;
      if (way === 'left') return;
      lift = setTimeout(() => {
        cardReader.liftCard();
        card = null;
        onCardLifted();
        onCardLifted = () => {};
      }, CARD_LIES_MS);
    },

    /** Holds a work card before the IC-card reader for a moment. */
    tapStaffCard(): void {
      icCardReader.hold(STAFF_CARD);
      clearTimeout(liftStaffCard);
      liftStaffCard = setTimeout(() => icCardReader.lift(), STAFF_CARD_MS);
    },

    /** How a device's line behaves from now on. */
    behave,
    /** Called when a plug came out by itself, in the middle of a frame. */
    whenUnplugged(listener: () => void): void {
      onUnplugged = listener;
    },

    /** How the ID-card reader answers from now on. */
    feel(next: ReaderMood): void {
      mood = next;
      cardReader.behave(next);
    },

    flood: (device: DockDevice): Promise<void> => wires[device].flood(FLOOD_BYTES),

    /** The first half of a true frame of this device, and no more. */
    halfFrame(device: DockDevice, label: string): void {
      const [first] = residents;
      if (device === 'scanner') scanner.halfFrame(label);
      else if (device === 'ic-card-reader') icCardReader.halfFrame(STAFF_CARD);
      else if (first !== undefined) cardReader.halfFrame(first.card);
    },

    /** Random bytes on a device's line, as a bad cable or a wrong speed would give. */
    garbage(device: DockDevice): void {
      wires[device].send(randomBytes(24));
    },

    /** Ends the terminal in order; the devices stay plugged in. */
    stop: (): Promise<void> => terminal.stop(),

    /** Starts the terminal again after its process has ended. */
    async restart(): Promise<void> {
      await exited(terminal.process);
      terminal = await startTerminal();
    },

    async close(): Promise<void> {
      clearTimeout(lift);
      clearTimeout(liftStaffCard);
      icCardReader.lift();
      await terminal.stop();
      await Promise.all(Object.values(lines).map((line) => line.unplug()));
    },
  };
}

export type Station = Awaited<ReturnType<typeof startStation>>;
