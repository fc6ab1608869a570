import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type BlobHash, blobHashSchema } from '#shared/contract/blobs.ts';
import { err, ok, type Result } from '#shared/result.ts';

export interface BlobFilesOptions {
  /** Whatever lies in it is the store's own. */
  readonly folder: string;
  /** Bytes of all blobs, those that are on their way included, as far as they have come. */
  readonly quotaBytes: number;
  /** Bytes of the disk that blobs leave free: the ledger comes first. */
  readonly keepFreeBytes: number;
  /** Bytes that the file system of the folder has left; asked of the system where it is left out. */
  readonly freeBytes?: () => number;
}

export type NoRoom = 'no-room';

/** A blob whose bytes are coming. Not to be seen by anyone until it is whole. */
export interface BlobPart {
  /** Bytes that are here. */
  readonly have: () => number;
  readonly append: (chunk: Uint8Array) => Promise<void>;
  /** Forgets all bytes that are here. */
  readonly restart: () => Promise<void>;
  /** True: the bytes are those of the hash, and the blob is there, on the disk. False: they were not, and are gone. */
  readonly finish: () => Promise<boolean>;
  /** What is here stays for next time. */
  readonly close: () => Promise<void>;
}

function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

function flushFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** The file system may take less than it is given. */
async function writeAll(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    done += (await file.write(chunk, done, chunk.length - done, position + done)).bytesWritten;
  }
}

/** The terminal's blobs, a file each, named by the SHA-256 of its bytes. One process at a time may have a folder open. */
export function createBlobFiles({ folder, quotaBytes, keepFreeBytes, ...options }: BlobFilesOptions) {
  const parts = join(folder, 'partial');
  const drafts = join(folder, 'drafts');
  rmSync(drafts, { recursive: true, force: true });
  for (const path of [parts, drafts]) mkdirSync(path, { recursive: true, mode: 0o700 });
  const pathOf = (hash: BlobHash) => join(folder, hash);
  const partOf = (hash: BlobHash) => join(parts, hash);

  function freeBytes(): number {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  }

  function totalBytes(): number {
    const files = [folder, parts, drafts].flatMap((path) => readdirSync(path).map((name) => join(path, name)));
    return files.reduce((sum, path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat?.isFile() === true ? sum + stat.size : sum;
    }, 0);
  }

  function hasRoom(bytes: number, total: number): boolean {
    return total + bytes <= quotaBytes && (options.freeBytes ?? freeBytes)() - bytes >= keepFreeBytes;
  }

  /** The bytes are on the disk before the name is. */
  function show(file: string, hash: BlobHash): void {
    renameSync(file, pathOf(hash));
    flushFolder(folder);
  }

  return {
    /** Bytes of all that is here. */
    totalBytes,

    /** Whether so many more bytes may come. */
    roomFor: (bytes: number): boolean => hasRoom(bytes, totalBytes()),

    /** Bytes that are here of a blob that is on its way. */
    partialLength: (hash: BlobHash): number => sizeOf(partOf(hash)) ?? 0,

    /** Keeps bytes as they come; the blob is on the disk when this resolves. */
    async put(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Result<BlobHash, NoRoom>> {
      const draft = join(drafts, randomUUID());
      const file = await open(draft, 'wx', 0o600);
      const digest = createHash('sha256');
      try {
        const before = totalBytes();
        let at = 0;
        for await (const chunk of bytes) {
          if (!hasRoom(chunk.length, before + at)) return err('no-room');
          await writeAll(file, chunk, at);
          digest.update(chunk);
          at += chunk.length;
        }
        await file.sync();
        const hash = blobHashSchema.parse(digest.digest('hex'));
        show(draft, hash);
        return ok(hash);
      } finally {
        await file.close();
        rmSync(draft, { force: true });
      }
    },

    /** Bytes of a blob that is here whole, else null. */
    length: (hash: BlobHash): number | null => sizeOf(pathOf(hash)),

    /** Up to `bytes` of a blob from `offset` on. Throws where it is not here. */
    async read(hash: BlobHash, offset: number, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
      const file = await open(pathOf(hash), 'r');
      try {
        const piece = new Uint8Array(bytes);
        let done = 0;
        for (let more = 1; more > 0 && done < bytes;) {
          more = (await file.read(piece, done, bytes - done, offset + done)).bytesRead;
          done += more;
        }
        return piece.subarray(0, done);
      } finally {
        await file.close();
      }
    },

    /** Where a blob that is here whole can be read. */
    path: (hash: BlobHash): string | null => (sizeOf(pathOf(hash)) === null ? null : pathOf(hash)),

    /** Whether the bytes on the disk are still those of the name. A blob whose bytes are not is deleted. */
    async isSound(hash: BlobHash): Promise<boolean> {
      if (sizeOf(pathOf(hash)) === null) return false;
      if ((await hashFile(pathOf(hash))) === hash) return true;
      rmSync(pathOf(hash), { force: true });
      return false;
    },

    /** Deletes a blob and what there is of it. */
    delete(hash: BlobHash): void {
      rmSync(pathOf(hash), { force: true });
      rmSync(partOf(hash), { force: true });
      flushFolder(folder);
    },

    /** Begins to receive a blob of `length` bytes, or goes on with it. One part of a blob at a time. */
    async receive(hash: BlobHash, length: number): Promise<Result<BlobPart, NoRoom>> {
      const path = partOf(hash);
      let have = sizeOf(path) ?? 0;
      if (!hasRoom(length - have, totalBytes())) return err('no-room');
      const file = await open(path, have === 0 ? 'w' : 'r+', 0o600);
      let isOpen = true;

      async function close(): Promise<void> {
        if (!isOpen) return;
        isOpen = false;
        try {
          await file.datasync();
        } finally {
          await file.close();
        }
      }

      async function restart(): Promise<void> {
        await file.truncate(0);
        have = 0;
      }

      // More than it has in all: of another time, or of nobody knows what.
      if (have > length) await restart();
      return ok({
        have: () => have,
        async append(chunk) {
          await writeAll(file, chunk, have);
          have += chunk.length;
        },
        restart,
        async finish() {
          await close();
          if (have !== length || (await hashFile(path)) !== hash) {
            rmSync(path, { force: true });
            return false;
          }
          show(path, hash);
          return true;
        },
        close,
      });
    },
  };
}

export type BlobFiles = ReturnType<typeof createBlobFiles>;
