import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { createEventLog } from '#server/store/event-log.ts';
import { migrations } from '#server/store/migrations.ts';
import type { Tables } from '#server/store/schema.ts';
import { createSyncService } from '#server/sync/service.ts';
import { createIds, type Time } from './clocks.ts';
import { createFuse, withFuse } from './crash.ts';

let empty: Promise<Buffer> | null = null;

/** A migrated, empty database; made once, for migrating takes longer than most worlds live. */
function emptyServer(): Promise<Buffer> {
  empty ??= (async () => {
    const database = new Sqlite(':memory:');
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    const provider = { getMigrations: () => Promise.resolve({ ...migrations('sqlite') }) };
    const { error } = await new Migrator({ db, provider }).migrateToLatest();
    if (error !== undefined) throw error;
    const bytes = database.serialize();
    await db.destroy();
    return bytes;
  })();
  return empty;
}

export interface ServerNodeDeps {
  readonly time: Time;
  /** Numbers the processes of a world. */
  readonly nextProcess: () => number;
  readonly isDevice: (id: string) => boolean;
}

/** The community server's core on a database in memory that can be copied, put back and killed at any write. */
export async function createServerNode({ time, nextProcess, isDevice }: ServerNodeDeps) {
  let disk = new Sqlite(await emptyServer());
  const disks = [disk];
  const fuse = createFuse();
  let running = start();

  function start() {
    const database = {
      db: new Kysely<Tables>({ dialect: new SqliteDialect({ database: withFuse(disk, fuse) }) }),
      exclusive: async <T>(work: Parameters<ReturnType<Kysely<Tables>['transaction']>['execute']>[0]): Promise<T> =>
        (await database.db.transaction().execute(work)) as T,
      close: async () => {},
    };
    const log = createEventLog({ database, now: time.now, newId: createIds(nextProcess(), time) });
    const terminals = { heard: async () => {}, isActive: async (id: string) => isDevice(id) };
    return { log, service: createSyncService({ database, log, terminals, now: time.now, pageRows: 2 }) };
  }

  return {
    fuse,
    disk: () => disk,
    log: () => running.log,
    service: () => running.service,

    /** The process is gone and another one takes its place. */
    restart(): void {
      fuse.out();
      running = start();
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

export type ServerNode = Awaited<ReturnType<typeof createServerNode>>;
