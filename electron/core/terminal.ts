import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { v7 } from 'uuid';
import { backUp, freeBytesOf } from '#electron/store/backup.ts';
import { listBackups } from '#electron/store/backup-files.ts';
import { checkApart } from '#electron/store/check-apart.ts';
import { openTerminalDatabase } from '#electron/store/database.ts';
import { createEventStore } from '#electron/store/event-store.ts';
import { createLendingQueries } from '#electron/store/lending-queries.ts';
import { doubt, forgetReport } from '#electron/store/storage-report.ts';
import { createDevices } from './devices.ts';
import type { KioskView } from '#shared/contract/kiosk.ts';
import { type ContentSource, NO_CONTENT } from './content/content-source.ts';
import { openContent, wipeContent } from './content/open-content.ts';
import type { KioskSource } from './kiosk-router.ts';
import { newNonce } from './identity/enrol.ts';
import { createIdentity } from './identity/identity.ts';
import { type KeyStore, replaceFile } from './identity/key-store.ts';
import { sealEvents, wipeDatabase } from './identity/wipe.ts';
import { createKiosk } from './kiosk.ts';
import { faultView } from './kiosk-view.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { SHEET_DELAYS } from './lending/session.ts';
import type { Log } from './log.ts';
import { type Retired, retiredSchema, type Settings } from './settings.ts';
import { createCaretaker } from './storage/caretaker.ts';
import { DOUBTED, repairOf } from './storage/repair.ts';
import { type Blobs, openBlobs, wipeBlobs } from './sync/blobs.ts';
import { createServerLink } from './sync/server-link.ts';
import { createSync, SYNC_DELAYS } from './sync/sync.ts';

export interface TerminalOptions {
  readonly databasePath: string;
  readonly keys: KeyStore;
  /** The server has put this terminal out of service: from now on its settings are these. */
  readonly onRevoked: (settings: Retired) => void;
  readonly log: Log;
}

export interface Terminal {
  readonly kiosk: KioskSource;
  /** Leaflets, apart from everything else. */
  readonly content: ContentSource;
  /** Null where nothing can be kept or carried. */
  readonly blobs: Blobs | null;
  /** Devices first, then sync, then the database. */
  stop(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 15_000;
/** Leaflets leave room on the line for everything else. */
const CONTENT_BYTES_PER_SECOND = 8 * 1024 * 1024;

/** However often it is called, it is done once. */
function once(task: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= task());
}

/** What the kiosk has on the screen in the place of leaflets. */
function screenOf({ fault, sheet }: KioskView): 'sheet' | 'fault' | null {
  if (fault !== null) return 'fault';
  return sheet.kind === 'idle' ? null : 'sheet';
}

function schedule(task: () => void, ms: number): () => void {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
}

/** A terminal that can't open its database: it says so on the screen, lends nothing, and leaves the file alone. */
function brokenTerminal(settings: Settings): Terminal {
  const view = faultView(settings.terminal, settings.station, settings.zone, 'database');
  return {
    kiosk: { view: () => view, subscribe: () => () => {}, act: () => {} },
    content: NO_CONTENT,
    blobs: null,
    stop: async () => {},
  };
}

/** A terminal that was revoked: it says so. What an interrupted wipe has left is wiped. */
export function createRetiredTerminal(settings: Retired, { databasePath, keys }: TerminalOptions): Terminal {
  wipeDatabase(databasePath);
  wipeContent(dirname(databasePath));
  wipeBlobs(dirname(databasePath));
  keys.clear();
  const view = faultView(settings.terminal, settings.station, settings.zone, 'revoked');
  return {
    kiosk: { view: () => view, subscribe: () => () => {}, act: () => {} },
    content: NO_CONTENT,
    blobs: null,
    stop: async () => {},
  };
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
export function createTerminal(settings: Settings, options: TerminalOptions): Terminal {
  const { databasePath, keys, log } = options;
  const opened = openTerminalDatabase(databasePath, { device: settings.terminal, now: Date.now });
  if (!opened.ok) {
    log.error({ fault: opened.error, databasePath }, 'the database cannot be opened; it was not touched');
    return brokenTerminal(settings);
  }
  const { terminal, station, zone, communityKey, server } = settings;
  const { db, report } = opened.value;
  if (report.what !== 'fine') log.error({ report }, 'the database was damaged; another has taken its place');
  const ledger = openLedger(db, settings, log);
  if (ledger === null) return brokenTerminal(settings);
  const kiosk = createKiosk({
    ledger,
    queries: createLendingQueries(db),
    terminal,
    station,
    zone,
    communityKey,
    repair: { atStart: repairOf(report), onSeen: () => forgetReport(databasePath) },
    delays: SHEET_DELAYS,
    monotonic: () => performance.now(),
    schedule,
    log,
  });
  const caretaker = createCaretaker({
    check: (signal) => checkApart(databasePath, signal),
    doubt: (why) => doubt(databasePath, why),
    backUp: (signal) => backUp(db, { now: Date.now, freeBytes: freeBytesOf, check: checkApart }, signal),
    lastBackupMs: () => listBackups(databasePath).find(({ kind }) => kind === 'daily')?.ms ?? null,
    zone,
    now: Date.now,
    schedule,
    onDoubt: () => kiosk.repairNeeded(DOUBTED),
    log,
  });

  const devices = createDevices({ settings, kiosk, monotonic: () => performance.now(), log });

  const identity = createIdentity({
    keys,
    serverUrl: server.url,
    revocation: settings.revocation,
    fetch,
    now: Date.now,
    newNonce,
    onRevoked(word) {
      retiring = retire(word);
    },
    log,
  });
  const wait = {
    monotonic: () => performance.now(),
    random: Math.random,
    sleep: (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }).catch(() => {}),
  };
  const blobs = openBlobs({ ...wait, folder: dirname(databasePath), url: server.url, fetch: identity.fetch, log });
  let kioskScreen: ReturnType<typeof screenOf> = null;
  const content =
    blobs === null
      ? null
      : openContent({
          ...wait,
          folder: dirname(databasePath),
          url: server.url,
          fetch: identity.fetch,
          blobs,
          station,
          zone,
          root: settings.contentRoot ?? null,
          stickFolders: settings.stickFolders ?? [],
          bytesPerSecond: settings.contentBytesPerSecond ?? CONTENT_BYTES_PER_SECOND,
          kioskScreen: () => kioskScreen,
          now: () => ledger.correctedNow(),
          schedule,
          log,
        });
  kiosk.subscribe((view) => {
    const next = screenOf(view);
    if (next === kioskScreen) return;
    kioskScreen = next;
    content?.kioskChanged();
  });
  let synced: KioskView['sync']['state'] = 'never';
  const sync = createSync({
    ...wait,
    ledger,
    link: createServerLink({ url: server.url, fetch: identity.fetch, timeoutMs: REQUEST_TIMEOUT_MS }),
    delays: SYNC_DELAYS,
    now: Date.now,
    onContent: () => content?.poke(),
    onStatus(status) {
      const before = synced;
      synced = status.state;
      kiosk.syncChanged(status);
      if (status.state !== 'synced') return;
      if (before === 'saved-here') content?.poke();
      blobs?.transfer.serverBack();
      void identity.keepFresh();
    },
    log,
  });
  let known = ledger.head();
  ledger.onChange(() => {
    const head = ledger.head();
    if (head.n !== known.n) sync.localEvent();
    if (head.cursor !== known.cursor) kiosk.ledgerChanged();
    known = head;
  });

  const end = once(async () => {
    await devices.stop();
    await Promise.all([sync.stop(), content?.stop(), blobs?.transfer.stop(), caretaker.stop()]);
    db.close();
  });

  /** The screen first, then what was not sent, sealed; then nothing of it is left. Cut off, the next start goes on. */
  const retire = async (word: string): Promise<void> => {
    log.error('this terminal was revoked: its data are wiped');
    kiosk.retire();
    const unsent = ledger.unsent(ledger.head().n);
    if (unsent.length > 0) {
      replaceFile(join(dirname(databasePath), `unsent-${terminal}.sealed`), Buffer.from(sealEvents(word, unsent)));
    }
    options.onRevoked(retiredSchema.parse({ ...settings, revokedMs: Date.now() }));
    await end();
    wipeDatabase(databasePath);
    wipeContent(dirname(databasePath));
    wipeBlobs(dirname(databasePath));
    keys.clear();
  };
  let retiring: Promise<void> = Promise.resolve();

  devices.start();
  sync.start();
  blobs?.transfer.start();
  content?.start();
  caretaker.start();
  return {
    kiosk: {
      view: () => kiosk.view(),
      subscribe: (listener) => kiosk.subscribe(listener),
      act: (action) => (action.kind === 'scan' ? devices.typed(action.text) : kiosk.act(action)),
    },
    content: content?.source ?? NO_CONTENT,
    blobs,
    async stop() {
      await end();
      await retiring;
      kiosk.close();
    },
  };
}
