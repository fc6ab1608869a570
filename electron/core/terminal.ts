import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { v7 } from 'uuid';
import { openDatabase } from '#electron/store/database.ts';
import { createEventStore } from '#electron/store/event-store.ts';
import { createLendingQueries } from '#electron/store/lending-queries.ts';
import { createBarcodeScanner } from '#hardware/device/barcode-scanner.ts';
import { createCardReader } from '#hardware/device/card-reader.ts';
import { DEVICE_DELAYS } from '#hardware/device/driver.ts';
import type { KioskSource } from './kiosk-router.ts';
import { createKiosk } from './kiosk.ts';
import { faultView } from './kiosk-view.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { SHEET_DELAYS } from './lending/session.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';
import { createServerLink } from './sync/server-link.ts';
import { createSync, SYNC_DELAYS } from './sync/sync.ts';

export interface TerminalOptions {
  readonly databasePath: string;
  readonly log: Log;
}

export interface Terminal {
  readonly kiosk: KioskSource;
  /** Devices first, then sync, then the database. */
  stop(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 15_000;

/** A terminal that can't open its database: it says so on the screen, lends nothing, and leaves the file alone. */
function brokenTerminal(settings: Settings): Terminal {
  const view = faultView(settings.terminal, settings.station, settings.zone);
  return { kiosk: { view: () => view, subscribe: () => () => {}, act: () => {} }, stop: async () => {} };
}

/** Null where the tables are damaged or belong to another terminal; the database is closed then. */
function openLedger(db: Database, { terminal, station }: Settings, log: Log): Ledger | null {
  try {
    const store = createEventStore(db, terminal);
    return createLedger({ store, station, now: Date.now, monotonic: () => performance.now(), newId: () => v7() });
  } catch (error) {
    log.error({ err: error }, 'the database is not one to go on with; nothing was written to it');
    db.close();
    return null;
  }
}

/** Joins store, ledger, kiosk, devices and sync into one running terminal, with this machine's clocks and randomness. */
export function createTerminal(settings: Settings, { databasePath, log }: TerminalOptions): Terminal {
  const opened = openDatabase(databasePath);
  if (!opened.ok) {
    log.error({ fault: opened.error, databasePath }, 'the database cannot be opened; it was not touched');
    return brokenTerminal(settings);
  }
  const { terminal, station, zone, communityKey } = settings;
  const db = opened.value;
  const ledger = openLedger(db, settings, log);
  if (ledger === null) return brokenTerminal(settings);
  const kiosk = createKiosk({
    ledger,
    queries: createLendingQueries(db),
    terminal,
    station,
    zone,
    communityKey,
    delays: SHEET_DELAYS,
    monotonic: () => performance.now(),
    schedule(task, ms) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
    log,
  });

  const reportDevices = () => kiosk.devicesChanged(scanner.condition(), cardReader.condition());
  const device = { delays: DEVICE_DELAYS, random: Math.random, log, onCondition: reportDevices };
  const scanner = createBarcodeScanner({
    ...device,
    ...settings.scanner,
    monotonic: () => performance.now(),
    onReading: ({ text }) => kiosk.scanned(text),
  });
  const cardReader = createCardReader({
    ...device,
    ...settings.cardReader,
    onReading: (reading) => (reading.kind === 'id-card' ? kiosk.cardShown(reading.card) : kiosk.cardUnreadable()),
  });

  const sync = createSync({
    ledger,
    link: createServerLink({ ...settings.server, fetch, timeoutMs: REQUEST_TIMEOUT_MS }),
    delays: SYNC_DELAYS,
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
    onStatus: (status) => kiosk.syncChanged(status),
    log,
  });
  let known = ledger.head();
  ledger.onChange(() => {
    const head = ledger.head();
    if (head.n !== known.n) sync.localEvent();
    if (head.cursor !== known.cursor) kiosk.ledgerChanged();
    known = head;
  });

  scanner.start();
  cardReader.start();
  sync.start();
  return {
    kiosk,
    async stop() {
      await Promise.all([scanner.stop(), cardReader.stop()]);
      await sync.stop();
      kiosk.close();
      db.close();
    },
  };
}
