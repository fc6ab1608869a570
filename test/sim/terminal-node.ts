import Sqlite from 'better-sqlite3';
import { createLedger } from '#electron/core/ledger.ts';
import { createExchange, type SyncFault } from '#electron/core/sync/exchange.ts';
import type { ServerLink } from '#electron/core/sync/server-link.ts';
import { createEventStore } from '#electron/store/event-store.ts';
import { MIGRATIONS } from '#electron/store/migrations.ts';
import { BEGINNING, createIds, type Time } from './clocks.ts';
import { createFuse, withFuse } from './crash.ts';

let empty: Buffer | null = null;

function emptyTerminal(): Buffer {
  if (empty === null) {
    const db = new Sqlite(':memory:');
    for (const migration of MIGRATIONS) db.exec(migration);
    empty = db.serialize();
    db.close();
  }
  return empty;
}

const SILENT = { info() {}, warn() {}, error() {}, debug() {} };

export interface TerminalNodeDeps {
  readonly device: string;
  readonly station: string;
  readonly time: Time;
  readonly nextProcess: () => number;
  readonly linkTo: (node: { readonly device: string; readonly station: string }) => Omit<ServerLink, 'listen'>;
}

/** A terminal's core on a database in memory, with a wall clock that may be wrong. */
export function createTerminalNode({ device, station, time, nextProcess, linkTo }: TerminalNodeDeps) {
  let disk = new Sqlite(emptyTerminal());
  const disks = [disk];
  let wallError = 0;
  const fuse = createFuse();
  const link = linkTo({ device, station });
  let running = start();

  function start() {
    const startedAt = time.elapsed();
    const monotonic = () => time.elapsed() - startedAt;
    const store = createEventStore(withFuse(disk, fuse), device);
    const ledger = createLedger({
      store,
      station,
      now: () => BEGINNING + time.elapsed() + wallError,
      monotonic,
      newId: createIds(nextProcess(), time),
    });
    // Nothing listens in a simulated world.
    const listening: ServerLink = { ...link, listen: () => new Promise(() => {}) };
    const exchange = createExchange({
      ledger,
      link: listening,
      monotonic,
      pageEvents: 3,
      yieldTurn: () => Promise.resolve(),
      onSending() {},
      log: SILENT,
    });
    return { ledger, exchange };
  }

  return {
    device,
    station,
    fuse,
    disk: () => disk,
    ledger: () => running.ledger,
    exchange: (): Promise<SyncFault | null> => running.exchange(new AbortController().signal),

    restart(): void {
      fuse.out();
      running = start();
    },

    jump(by: number): void {
      wallError += by;
    },

    copy: (): Buffer => disk.serialize(),

    putBack(bytes: Buffer): void {
      disk = new Sqlite(bytes);
      disks.push(disk);
      fuse.out();
      running = start();
    },

    /** Only now: what ran on an earlier disk may still have been about to end. The collector sees nothing of their memory. */
    close(): void {
      for (const each of disks) each.close();
    },
  };
}

export type TerminalNode = ReturnType<typeof createTerminalNode>;
