import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BlobHash, blobHashSchema, type BlobScope, MAX_BLOB_BYTES } from '#shared/contract/blobs.ts';
import { hashFile } from './durable-files.ts';
import { createHeldBlobs, type HeldBlob } from './held-blobs.ts';
import { audiencesOfScope, mayRead } from './records.ts';
import { createUploads, type UploadLimits } from './uploads.ts';

export interface BlobStoreOptions {
  /** Whatever lies in it is the store's own. */
  readonly folder: string;
  readonly limits?: Partial<UploadLimits>;
  /** Bytes that the file system of the folder has left; asked of the system where it is left out. */
  readonly freeBytes?: () => Promise<number>;
}

const GIB = 1_073_741_824;
const LIMITS: UploadLimits = {
  maxBytes: MAX_BLOB_BYTES,
  quotaBytes: 50 * GIB,
  keepFreeBytes: 2 * GIB,
  perTerminal: 4,
};

/** Blobs on the disk, by hash. One process at a time may have a folder open. */
export function createBlobStore({ folder, ...options }: BlobStoreOptions) {
  mkdirSync(folder, { recursive: true });
  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  };
  const drafts = join(folder, 'drafts');
  rmSync(drafts, { recursive: true, force: true });
  mkdirSync(drafts);
  const held = createHeldBlobs(join(folder, 'held'));
  const uploads = createUploads({
    folder: join(folder, 'partial'),
    held,
    limits: { ...LIMITS, ...options.limits },
    freeBytes: options.freeBytes ?? freeBytes,
  });

  return {
    uploads,

    /** Keeps what the server itself brings: a leaflet, a picture. It is on the disk when this resolves. */
    async put(bytes: Uint8Array | AsyncIterable<Uint8Array>, scope: BlobScope): Promise<BlobHash> {
      const draft = join(drafts, randomUUID());
      try {
        const source = bytes instanceof Uint8Array ? [bytes] : bytes;
        await pipeline(Readable.from(source, { objectMode: true }), createWriteStream(draft, { flush: true }));
        const hash = blobHashSchema.parse(await hashFile(draft));
        await held.keep(hash, draft, { audiences: audiencesOfScope(scope), senders: [] });
        return hash;
      } finally {
        await rm(draft, { force: true });
      }
    },

    /** Lets more terminals read a blob; nobody is ever shut out. False where there is no such blob. */
    register(hash: BlobHash, scope: BlobScope): Promise<boolean> {
      return held.widen(hash, { audiences: audiencesOfScope(scope), senders: [] });
    },

    /** Takes away a blob that nobody but the server itself may read and no terminal has sent. */
    forget: (hash: BlobHash): Promise<void> => held.remove(hash),

    /** Whatever its scope: for the server itself. */
    find: (hash: BlobHash): Promise<HeldBlob | null> => held.find(hash),

    /** The blob if a terminal of this station may read it. */
    async readableBy(station: string, hash: BlobHash): Promise<HeldBlob | null> {
      const blob = await held.find(hash);
      return blob !== null && mayRead(blob, station) ? blob : null;
    },
  };
}

export type BlobStore = ReturnType<typeof createBlobStore>;
