import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { openContentDatabase, wipeContentDatabase } from '#electron/store/content-database.ts';
import { createContentReadings } from '#electron/store/content-readings.ts';
import { createContentSets } from '#electron/store/content-sets.ts';
import { CONTENT_PATHS } from '#shared/contract/content.ts';
import type { Fetch } from '../identity/signing-fetch.ts';
import { createBlobLink } from '../sync/blob-link.ts';
import { createLine } from '../sync/blob-line.ts';
import type { Blobs } from '../sync/blobs.ts';
import { createBeliever } from './believer.ts';
import { type ContentDeps, createContent } from './content.ts';
import { openOverHttp } from './limited-fetcher.ts';
import { createReportLink } from './report-link.ts';
import { createStick } from './stick.ts';
import { createWorkLoop } from './work-loop.ts';

export interface OpenContentDeps extends Pick<
  ContentDeps,
  'station' | 'zone' | 'kioskScreen' | 'now' | 'monotonic' | 'sleep' | 'schedule' | 'random' | 'log'
> {
  /** The terminal's own folder. */
  readonly folder: string;
  /** `http://host:port`, no path. */
  readonly url: string;
  /** Signs what it sends. */
  readonly fetch: Fetch;
  readonly blobs: Blobs;
  /** Settings (core/settings.ts). */
  readonly root: string | null;
  readonly stickFolders: readonly string[];
  readonly bytesPerSecond: number;
}

const IDLE_MS = 15_000;

const placesIn = (folder: string) => ({
  database: join(folder, 'content.sqlite'),
  scratch: join(folder, 'content-scratch'),
});

/** The terminal's leaflets, not yet started. Null where they can't be kept: everything else goes on. */
export function openContent({
  folder,
  url,
  fetch,
  blobs,
  root,
  stickFolders,
  bytesPerSecond,
  ...deps
}: OpenContentDeps) {
  const { log } = deps;
  const places = placesIn(folder);
  const db = openContentDatabase(places.database, log);
  if (db === null) return null;
  const sets = createContentSets(db);
  const { files, transfer } = blobs;
  const content = createContent({
    ...deps,
    sets,
    readings: createContentReadings(db),
    believer: createBeliever({
      ...deps,
      sets,
      root,
      scratch: places.scratch,
      isHere: (hash) => files.length(hash) !== null,
      pause: () => pause(),
    }),
    server: {
      metadataUrl: url + CONTENT_PATHS.metadata,
      targetsUrl: url + CONTENT_PATHS.targets,
      open: openOverHttp(fetch),
      mayBringRoot: true,
    },
    serverFiles: createBlobLink({ url, fetch }),
    files,
    isOnItsWay: (hash) => transfer.pending().some((entry) => entry.hash === hash),
    line: createLine({ ...deps, bytesPerSecond, idleMs: IDLE_MS }),
    send: createReportLink({ url, fetch }),
    pause: () => pause(),
  });
  const stick = createStick({
    folders: stickFolders,
    take: (...found) => content.askStick(...found),
    gone: () => content.stickGone(),
    log,
  });
  const looking = createWorkLoop('content: sticks', (signal) => stick.turn(signal), deps);

  return {
    source: content.source,
    poke: content.poke,
    kioskChanged: () => content.kioskChanged(),

    start(): void {
      content.start();
      if (stickFolders.length > 0) looking.start();
    },

    /** Resolves when nothing of it runs any more. */
    async stop(): Promise<void> {
      await Promise.all([content.stop(), looking.stop()]);
      db.close();
    },
  };
}

/** Deletes what it keeps, but for the blobs. Done twice it is done. */
export function wipeContent(folder: string): void {
  const places = placesIn(folder);
  wipeContentDatabase(places.database);
  rmSync(places.scratch, { recursive: true, force: true });
}
