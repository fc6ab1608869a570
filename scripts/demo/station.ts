import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SeedResident } from '#server/seed/residents.ts';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createPseudoTerminal, type FarEnd } from '#hardware/emulator/pseudo-terminal.ts';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import { type Machine, retiredSchema, settingsSchema } from '#electron/core/settings.ts';
import { exited, type StartedChild, startChild } from './child.ts';

/** How long a tapped card lies on the reader: long enough to be found and read, milliseconds. */
const CARD_LIES_MS = 2_000;

export interface StationOptions {
  readonly folder: string;
  readonly id: string;
  readonly station: string;
  readonly serverUrl: string;
  /** Asks the console for a code by which this machine becomes the terminal `id`. */
  readonly newCode: () => Promise<string>;
  readonly port: number;
  readonly residents: readonly SeedResident[];
  /** What lies between the card reader and its line; nothing where it is left out. */
  readonly cardReaderWire?: (line: FarEnd) => FarEnd;
}

const linkAnswer = z.object({ link: z.string() });

/** One terminal as a process, and at the other end of its two serial lines the emulated devices. */
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
  } satisfies Machine;
  const settingsFile = join(folder, 'settings.json');
  const readSettings = (): unknown => (existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {});
  const known = settingsSchema.safeParse(readSettings());
  // Revoked on the console: it stays out of service, as it would at a gatehouse.
  const retired = retiredSchema.safeParse(readSettings());
  // The server's port may be another one than the last time.
  const written = known.success ? { ...known.data, server: { url: serverUrl } } : (retired.data ?? machine);
  writeFileSync(settingsFile, JSON.stringify(written, null, 2), { mode: 0o600 });
  const enrolment = known.success || retired.success ? [] : ['--enrol', await newCode(), '--server', serverUrl];

  const scannerLine = createPseudoTerminal({ path: machine.scanner.path });
  const cardReaderLine = createPseudoTerminal({ path: machine.cardReader.path });
  await Promise.all([scannerLine.plug(), cardReaderLine.plug()]);
  const scanner = createScannerEmulator({ line: scannerLine });
  const cardReader = createCardReaderEmulator({ line: cardReaderWire(cardReaderLine) });
  let card: number | null = null;
  let lift: NodeJS.Timeout | undefined;
  let onCardLifted = () => {};

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
    lines: { scanner: scannerLine, 'card-reader': cardReaderLine },
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

    /** Lays a resident's card on the reader and lifts it after a while. */
    tapCard(resident: number, whenLifted: () => void = () => {}): void {
      const person = residents[resident];
      if (person === undefined) throw new Error(`no resident ${resident}`);
      clearTimeout(lift);
      onCardLifted();
      onCardLifted = whenLifted;
      cardReader.placeCard(person.card);
      card = resident;
      lift = setTimeout(() => {
        cardReader.liftCard();
        card = null;
        onCardLifted();
        onCardLifted = () => {};
      }, CARD_LIES_MS);
    },

    /** Random bytes on a device's line, as a bad cable or a wrong speed would give. */
    garbage(device: 'scanner' | 'card-reader'): void {
      const bytes = randomBytes(24);
      if (device === 'scanner') scanner.sendRaw(bytes);
      else cardReader.sendRaw(bytes);
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
      await terminal.stop();
      await Promise.all([scannerLine.unplug(), cardReaderLine.unplug()]);
    },
  };
}

export type Station = Awaited<ReturnType<typeof startStation>>;
