import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Retired, Settings } from '#electron/core/settings.ts';
import { createTerminal } from '#electron/core/terminal.ts';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createPseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import type { KioskView } from '#shared/contract/kiosk.ts';
import { COMMUNITY_KEY, temporaryFolder } from '../../fixtures/ledger-world.ts';
import type { TestIdentity } from '../../fixtures/test-identity.ts';

export interface StationOptions {
  readonly id: string;
  readonly station: string;
  readonly serverUrl: string;
  readonly identity: TestIdentity;
  /** Where it is not the one that this makes. */
  readonly scannerAt?: Settings['scanner'];
  /** Goes on with the data of an earlier one. */
  readonly folder?: string;
}

/** A whole terminal in this process: real serialport on real pseudo-terminals, real SQLite, real HTTP. No page. */
export async function startStation({
  id,
  station,
  serverUrl,
  identity,
  scannerAt,
  folder = temporaryFolder(),
}: StationOptions) {
  const scannerLine = createPseudoTerminal({ path: join(folder, 'tty-scanner') });
  const readerLine = createPseudoTerminal({ path: join(folder, 'tty-card-reader') });
  await Promise.all([scannerLine.plug(), readerLine.plug()]);
  const scanner = createScannerEmulator({ line: scannerLine });
  const cardReader = createCardReaderEmulator({ line: readerLine });
  const databasePath = join(folder, 'terminal.sqlite');
  const logged: string[] = [];
  const keys = identity.store();
  const revoked: Retired[] = [];
  const terminal = createTerminal(
    {
      terminal: id,
      station,
      zone: 'Asia/Shanghai',
      server: { url: serverUrl },
      revocation: identity.revocation,
      communityKey: COMMUNITY_KEY,
      scanner: scannerAt ?? { path: join(folder, 'tty-scanner'), baud: 9600 },
      cardReader: { path: join(folder, 'tty-card-reader'), baud: 115_200 },
    },
    {
      databasePath,
      keys,
      onRevoked: (settings) => void revoked.push(settings),
      log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    },
  );
  let running = true;
  const stop = async () => {
    if (!running) return;
    running = false;
    await terminal.stop();
    await Promise.all([scannerLine.unplug(), readerLine.unplug()]);
  };
  onTestFinished(stop);

  return {
    folder,
    databasePath,
    scanner,
    cardReader,
    lines: { scanner: scannerLine, cardReader: readerLine },
    kiosk: terminal.kiosk,
    blobs: terminal.blobs,
    logged,
    keys,
    /** The settings that are left after a revocation. */
    revoked,
    stop,
    /** Waits for a view that fulfils the condition. */
    until(condition: (view: KioskView) => boolean): Promise<KioskView> {
      const now = terminal.kiosk.view();
      if (condition(now)) return Promise.resolve(now);
      return new Promise((resolve) => {
        const leave = terminal.kiosk.subscribe((view) => {
          if (!condition(view)) return;
          leave();
          resolve(view);
        });
      });
    },
  };
}

export type TestStation = Awaited<ReturnType<typeof startStation>>;

/** Ready for a resident: both devices there and something to lend. */
export function isReady({ devices, stock }: KioskView): boolean {
  return devices.scanner === 'ready' && devices.cardReader === 'ready' && stock.some(({ available }) => available > 0);
}
