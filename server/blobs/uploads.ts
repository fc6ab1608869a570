import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobHash, BlobRefusal, BlobUpload } from '#shared/contract/blobs.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { hashFile, isMissing, sizeOf } from './durable-files.ts';
import type { HeldBlobs } from './held-blobs.ts';

export interface UploadLimits {
  /** Bytes of one blob. */
  readonly maxBytes: number;
  /** Bytes of all blobs and of all that are on their way, as far as they are declared. */
  readonly quotaBytes: number;
  /** Bytes of the disk that blobs leave free for everything else. */
  readonly keepFreeBytes: number;
  /** Requests of one terminal at a time. */
  readonly perTerminal: number;
}

export interface UploadsDeps {
  readonly folder: string;
  readonly held: HeldBlobs;
  readonly limits: UploadLimits;
  /** Bytes that the file system has left. */
  readonly freeBytes: () => Promise<number>;
}

/** How far an upload has come; `offset`: the bytes that are here, on the disk. */
export interface UploadState {
  readonly offset: number;
  readonly complete: boolean;
}

export interface UploadFault {
  readonly code: BlobRefusal;
  /** With `wrong-offset`: the bytes that are here. */
  readonly offset?: number;
}

/** Bytes as they come. Where they end early, the iteration throws. */
export interface UploadBody {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Ends the iteration with an error. */
  readonly stop: () => void;
  /** SHA-256 of these bytes that their sender has signed, base64; null: none. */
  readonly digest: string | null;
}

/** A part is swept after this long without a new byte, milliseconds. */
const PART_LIFE_MS = 7 * 86_400_000;

interface Writing {
  readonly terminal: string;
  readonly stop: () => void;
  readonly ended: Promise<unknown>;
}

interface Taken {
  /** Where the part ends now. */
  readonly end: number;
  /** The body ended by itself; else it was cut. */
  readonly whole: boolean;
  readonly wrong: BlobRefusal | null;
}

/** False where the disk is full. */
async function writeAll(file: FileHandle, chunk: Uint8Array, position: number): Promise<boolean> {
  try {
    for (let done = 0; done < chunk.length;) {
      done += (await file.write(chunk, done, chunk.length - done, position + done)).bytesWritten;
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) return false;
    throw error;
  }
}

/** Appends what comes, from `offset` at most up to `length`. */
async function take(file: FileHandle, body: UploadBody, { offset, length }: BlobUpload): Promise<Taken> {
  const hash = createHash('sha256');
  const chunks = body.bytes[Symbol.asyncIterator]();
  for (let end = offset; ;) {
    const next = await chunks.next().catch(() => null);
    if (next === null) return { end, whole: false, wrong: null };
    if (next.done === true) {
      const right = body.digest === null || hash.digest('base64') === body.digest;
      return { end, whole: true, wrong: right ? null : 'wrong-digest' };
    }
    if (end + next.value.length > length) return { end, whole: false, wrong: 'malformed' };
    if (!(await writeAll(file, next.value, end))) return { end, whole: false, wrong: 'no-room' };
    hash.update(next.value);
    end += next.value.length;
  }
}

/**
 * The parts of blobs that terminals are sending, each terminal's for itself: nobody can spoil or learn about another's.
 * Part files are named by the blob's hash and a hash of the terminal's id.
 */
export function createUploads({ folder, held, limits, freeBytes }: UploadsDeps) {
  mkdirSync(folder, { recursive: true });
  const writing = new Map<string, Writing>();
  /** Bytes that each part will have in the end, as far as known. */
  const declared = new Map(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]));

  function nameOf(terminal: string, hash: BlobHash): string {
    return `${hash}.${createHash('sha256').update(terminal).digest('hex').slice(0, 32)}`;
  }

  /** Whoever asks anew has lost the connection on which it sent before. */
  async function endOlder(name: string): Promise<void> {
    for (let older = writing.get(name); older !== undefined; older = writing.get(name)) {
      older.stop();
      await older.ended;
    }
  }

  async function discard(name: string): Promise<void> {
    await rm(join(folder, name), { force: true });
    declared.delete(name);
  }

  async function hasRoom(name: string, length: number, here: number): Promise<boolean> {
    const others = [...declared].reduce((sum, [other, bytes]) => (other === name ? sum : sum + bytes), 0);
    if (held.totalBytes() + others + length > limits.quotaBytes) return false;
    return (await freeBytes()) - (length - here) >= limits.keepFreeBytes;
  }

  async function finish(terminal: string, hash: BlobHash, name: string): Promise<UploadFault | null> {
    const path = join(folder, name);
    if ((await hashFile(path)) !== hash) {
      await discard(name);
      return { code: 'wrong-hash' };
    }
    await held.keep(hash, path, { audiences: [], senders: [terminal] });
    declared.delete(name);
    return null;
  }

  async function write(
    terminal: string,
    hash: BlobHash,
    { offset, length }: BlobUpload,
    body: UploadBody,
  ): Promise<Result<UploadState, UploadFault>> {
    const name = nameOf(terminal, hash);
    const here = (await sizeOf(join(folder, name))) ?? 0;
    if (here > length) {
      // Longer than it says now: one of the two was no truth.
      await discard(name);
      return err({ code: 'wrong-offset', offset: 0 });
    }
    if (offset !== here) return err({ code: 'wrong-offset', offset: here });
    if (!(await hasRoom(name, length, here))) return err({ code: 'no-room' });
    declared.set(name, length);
    const file = await open(join(folder, name), here === 0 ? 'w' : 'r+');
    let taken: Taken;
    try {
      taken = await take(file, body, { offset, length });
      if (taken.wrong === 'malformed' || taken.wrong === 'wrong-digest') await file.truncate(offset);
      await file.datasync();
    } finally {
      await file.close();
    }
    if (taken.wrong !== null) return err({ code: taken.wrong });
    if (taken.end === length) {
      const fault = await finish(terminal, hash, name);
      return fault === null ? ok({ offset: length, complete: true }) : err(fault);
    }
    return taken.whole ? ok({ offset: taken.end, complete: false }) : err({ code: 'cut' });
  }

  return {
    /** What is here of a blob that this terminal sends; null: nothing. */
    async state(terminal: string, hash: BlobHash): Promise<UploadState | null> {
      const name = nameOf(terminal, hash);
      await endOlder(name);
      const blob = await held.find(hash);
      // Who only knows the name of a blob learns nothing: it has to have sent all of it.
      if (blob?.senders.includes(terminal) === true) return { offset: blob.length, complete: true };
      const offset = await sizeOf(join(folder, name));
      return offset === null ? null : { offset, complete: false };
    },

    /**
     * Appends to what is here. With the last byte all are read again from the disk and compared with the hash; from then
     * on the server has the blob, which survives a power cut.
     */
    async append(
      terminal: string,
      hash: BlobHash,
      upload: BlobUpload,
      body: UploadBody,
    ): Promise<Result<UploadState, UploadFault>> {
      if (upload.length > limits.maxBytes) return err({ code: 'too-large' });
      const name = nameOf(terminal, hash);
      // Nothing may come in between the last look at who writes and the note that this request does.
      do {
        await endOlder(name);
        const blob = await held.find(hash);
        if (blob?.senders.includes(terminal) === true) return ok({ offset: blob.length, complete: true });
      } while (writing.has(name));
      const busy = [...writing.values()].filter((other) => other.terminal === terminal).length;
      if (busy >= limits.perTerminal) return err({ code: 'too-many-uploads' });
      const answer = write(terminal, hash, upload, body);
      const ended = answer.catch(() => {}).finally(() => writing.delete(name));
      writing.set(name, { terminal, stop: body.stop, ended });
      return answer;
    },

    /** Deletes parts to which nothing was added for 7 days; says how many. */
    async sweep(nowMs: number): Promise<number> {
      let swept = 0;
      for (const name of readdirSync(folder)) {
        if (writing.has(name)) continue;
        const path = join(folder, name);
        try {
          if (nowMs - statSync(path).mtimeMs < PART_LIFE_MS) continue;
        } catch (error) {
          if (isMissing(error)) continue;
          throw error;
        }
        await discard(name);
        swept += 1;
      }
      return swept;
    },
  };
}
