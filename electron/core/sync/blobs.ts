import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BlobFiles, createBlobFiles } from '#electron/store/blob-files.ts';
import { createBlobLink, type BlobLinkDeps } from './blob-link.ts';
import type { LineDeps } from './blob-line.ts';
import { createBlobQueue } from './blob-queue.ts';
import { BLOB_DELAYS, type BlobTransfer, createBlobTransfer } from './blob-transfer.ts';
import type { Log } from '../log.ts';

const GIB = 1_073_741_824;
const QUOTA_BYTES = 8 * GIB;
/** What blobs leave for the ledger, its backups and the log. */
const KEEP_FREE_BYTES = GIB;

export interface BlobsDeps extends BlobLinkDeps, Pick<LineDeps, 'monotonic' | 'sleep'> {
  /** The terminal's own folder. */
  readonly folder: string;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
}

/** The terminal's blobs and what carries them. */
export interface Blobs {
  readonly files: BlobFiles;
  readonly transfer: BlobTransfer;
}

/** Where they lie in the terminal's folder: the blobs, and the notes of what is still to come and to go. */
const placesIn = (folder: string) => ({ files: join(folder, 'blobs'), queue: join(folder, 'blob-queue') });

/** Null where their folders can't be used: lending goes on without pictures. The transfer is not yet started. */
export function openBlobs({ folder, url, fetch, log, ...deps }: BlobsDeps): Blobs | null {
  const places = placesIn(folder);
  try {
    const files = createBlobFiles({ folder: places.files, quotaBytes: QUOTA_BYTES, keepFreeBytes: KEEP_FREE_BYTES });
    const queue = createBlobQueue(places.queue, log);
    const link = createBlobLink({ url, fetch });
    const transfer = createBlobTransfer({
      ...deps,
      link,
      files,
      queue,
      delays: BLOB_DELAYS,
      bytesPerSecond: null,
      log,
    });
    return { files, transfer };
  } catch (error) {
    log.error({ err: error }, 'blobs can’t be kept here; everything else goes on');
    return null;
  }
}

/** Deletes all of them, and the notes of what was to be transferred. Done twice it is done. */
export function wipeBlobs(folder: string): void {
  for (const path of Object.values(placesIn(folder))) rmSync(path, { recursive: true, force: true });
}
