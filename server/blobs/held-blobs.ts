import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BlobHash, blobHashSchema } from '#shared/contract/blobs.ts';
import { flushFolder, moveInto, sizeOf } from './durable-files.ts';
import { type BlobRecord, readRecord, widenRecord } from './records.ts';

/** A blob that is here whole. */
export interface HeldBlob extends BlobRecord {
  readonly path: string;
  /** Bytes. */
  readonly length: number;
}

/** Bytes of all blobs in the folder. */
function countBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && blobHashSchema.safeParse(entry.name).success)
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

/**
 * The whole blobs: `ab/ab12...`, and beside each `ab/ab12....json`, who may read it. A blob is here when its own file is;
 * the record is written first.
 */
export function createHeldBlobs(folder: string) {
  mkdirSync(folder, { recursive: true });
  let totalBytes = countBytes(folder);
  let last: Promise<unknown> = Promise.resolve();

  /** Changes one after the other: two uploads of one blob may end at the same moment. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = last.then(task);
    last = done.catch(() => {});
    return done;
  }

  const pathOf = (hash: BlobHash) => join(folder, hash.slice(0, 2), hash);
  const recordOf = (hash: BlobHash) => `${pathOf(hash)}.json`;

  return {
    totalBytes: () => totalBytes,

    async find(hash: BlobHash): Promise<HeldBlob | null> {
      const path = pathOf(hash);
      const length = await sizeOf(path);
      return length === null ? null : { path, length, ...(await readRecord(recordOf(hash))) };
    },

    /** Takes over a file of the same file system, whose bytes are on the disk and are those of the hash. */
    keep(hash: BlobHash, file: string, record: BlobRecord): Promise<void> {
      return inTurn(async () => {
        const path = pathOf(hash);
        await mkdir(dirname(path), { recursive: true });
        await flushFolder(folder);
        await widenRecord(recordOf(hash), record);
        const length = await sizeOf(file);
        if (length === null || (await sizeOf(path)) !== null) {
          rmSync(file, { force: true });
          return;
        }
        await moveInto(file, path);
        totalBytes += length;
      });
    },

    /** Takes one away, unless somebody may read it or has sent it. */
    remove(hash: BlobHash): Promise<void> {
      return inTurn(async () => {
        const path = pathOf(hash);
        const length = await sizeOf(path);
        const { audiences, senders } = await readRecord(recordOf(hash));
        if (length === null || audiences.length > 0 || senders.length > 0) return;
        rmSync(path);
        rmSync(recordOf(hash), { force: true });
        totalBytes -= length;
      });
    },

    /** False where there is no such blob. */
    widen(hash: BlobHash, record: BlobRecord): Promise<boolean> {
      return inTurn(async () => {
        if ((await sizeOf(pathOf(hash))) === null) return false;
        await widenRecord(recordOf(hash), record);
        return true;
      });
    },
  };
}

export type HeldBlobs = ReturnType<typeof createHeldBlobs>;
