import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { err, ok } from '#shared/result.ts';
import type { Log } from '../log.ts';
import type { RepositoryPlace } from './believer.ts';
import type { FileSource } from './fetch-file.ts';
import { openFromDisk } from './limited-fetcher.ts';

/** The folder on a stick: `metadata` and `targets` as the server has them, `blobs` by hash. */
const FOLDER = 'red-sail-content';
/** Folders are looked at so often, milliseconds. */
const LOOK_EVERY_MS = 5000;
const MOST_FOLDERS = 50;

export interface StickDeps {
  /** Where sticks are mounted: each of these, or a folder in one of these, may be one. */
  readonly folders: readonly string[];
  readonly take: (place: RepositoryPlace, from: FileSource, stopping: AbortSignal) => Promise<void>;
  readonly gone: () => void;
  readonly log: Log;
}

/** Blobs of a stick; what comes of them is verified like everything else. */
function filesOn(folder: string): FileSource {
  return {
    async receive(hash, first, signal, last) {
      const path = join(folder, 'blobs', hash);
      const found = await stat(path).catch(() => null);
      if (found?.isFile() !== true) return err({ kind: 'refused', status: 404, code: 'not-found' });
      const end = Math.min(last ?? found.size - 1, found.size - 1);
      if (first > end) return ok(null);
      const bytes = createReadStream(path, { start: first, end, signal });
      // Node's own type of web streams is the DOM's in all that matters here.
      return ok({ first, length: found.size, bytes: Readable.toWeb(bytes) as ReadableStream<Uint8Array> });
    },
  };
}

const urlOf = (folder: string, part: string) => `${pathToFileURL(join(folder, part)).href}/`;

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isDirectory() ? [join(folder, entry.name)] : [])).slice(0, MOST_FOLDERS);
}

/** A release that somebody carries here: the same signatures, the same checks. Each stick is taken once, until it has another. */
export function createStick({ folders, take, gone, log }: StickDeps) {
  let taken: { readonly folder: string; readonly timestamp: string } | null = null;

  async function find(): Promise<typeof taken> {
    const mounted = await Promise.all(folders.map(async (folder) => [folder, ...(await foldersIn(folder))]));
    for (const place of mounted.flat()) {
      const folder = join(place, FOLDER);
      const timestamp = await readFile(join(folder, 'metadata', 'timestamp.json'), 'utf8').catch(() => null);
      if (timestamp !== null) return { folder, timestamp: timestamp.slice(0, 65_536) };
    }
    return null;
  }

  return {
    /** One look; milliseconds until the next. */
    async turn(stopping: AbortSignal): Promise<number> {
      const found = await find();
      if (found === null) {
        if (taken !== null) gone();
        taken = null;
        return LOOK_EVERY_MS;
      }
      if (taken?.folder === found.folder && taken.timestamp === found.timestamp) return LOOK_EVERY_MS;
      taken = found;
      log.info({ folder: found.folder }, 'a stick with leaflets is here');
      const place: RepositoryPlace = {
        metadataUrl: urlOf(found.folder, 'metadata'),
        targetsUrl: urlOf(found.folder, 'targets'),
        open: openFromDisk,
        mayBringRoot: false,
      };
      await take(place, filesOn(found.folder), stopping);
      return LOOK_EVERY_MS;
    },
  };
}
