import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, readFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { MAX_BLOB_BYTES } from '#shared/contract/blobs.ts';
import { type LeafletFile, MOST_PDF_PAGES } from '#shared/content/leaflet.ts';
import type { FileRefusal } from '#shared/contract/uploads.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { BlobStore } from '../../blobs/blob-store.ts';
import type { ContentFiles } from '../files.ts';
import { cleanFileName } from './file-name.ts';
import { checkPdf } from './pdf-check.ts';
import { drawSvg, type Picture, remakePicture } from './pictures.ts';
import { looksLikeSvg, MOST_SVG_BYTES, svgFault } from './svg-rules.ts';
import { isWholeMp4, isWholeWebm } from './video-shape.ts';

const MIB = 1_048_576;
/** Bytes of a file as it is sent, by what it turns out to be. */
const LARGEST = { picture: 32 * MIB, svg: MOST_SVG_BYTES, pdf: 48 * MIB, video: MAX_BLOB_BYTES } as const;
/** Bytes of the disk that are left free for everything else; the same as for blobs. */
const KEEP_FREE_BYTES = 2048 * MIB;
/** Bytes by which the type is known (file-type wants 4,100; drawings may begin with long comments). */
const HEAD_BYTES = 65_536;
const PDF_LIMITS = { mostPages: MOST_PDF_PAGES, slowestMs: 30_000, mostMegabytes: 512 };

/** `cut`: whoever sent it is gone. */
export type IntakeRefusal = FileRefusal | 'cut';

export interface Upload {
  /** What whoever sends it calls it, as it came. */
  readonly name: string;
  readonly account: string;
  /** Bytes that are to come, where that was said. */
  readonly length: number | null;
  /** Where it ends early, the iteration throws. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface IntakeDeps {
  /** Whatever lies in it is the intake's own. */
  readonly folder: string;
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly files: ContentFiles;
  /** Bytes that the file system of the folder has left; asked of the system where it is left out. */
  readonly freeBytes?: () => Promise<number>;
}

type Kind = keyof typeof LARGEST;
type VideoType = 'video/mp4' | 'video/webm';
type Found = { readonly kind: Exclude<Kind, 'video'> } | { readonly kind: 'video'; readonly type: VideoType };

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** What a file is by its first bytes; its name is not asked. */
async function kindOf(head: Uint8Array): Promise<Found | null> {
  const type = await fileTypeFromBuffer(head);
  switch (type?.mime) {
    case 'image/jpeg':
    case 'image/png':
    case 'image/apng':
    case 'image/webp':
      return { kind: 'picture' };
    case 'application/pdf':
      return { kind: 'pdf' };
    case 'video/mp4':
    case 'video/webm':
      return { kind: 'video', type: type.mime };
    default:
      return looksLikeSvg(Buffer.from(head).toString('utf8')) ? { kind: 'svg' } : null;
  }
}

/** Writes what comes, as long as it is not too much; the number of bytes. */
async function receive(file: FileHandle, bytes: AsyncIterable<Uint8Array>): Promise<Result<number, IntakeRefusal>> {
  const chunks = bytes[Symbol.asyncIterator]();
  for (let length = 0; ;) {
    const next = await chunks.next().catch(() => null);
    if (next === null) return err('cut');
    if (next.done === true) return ok(length);
    length += next.value.length;
    if (length > MAX_BLOB_BYTES) return err('too-large');
    await file.appendFile(next.value);
  }
}

/** Takes in what editors upload: looks what it is, and keeps it as a blob and a note of what it is, or says why not. */
export function createIntake({ folder, blobs, files, ...options }: IntakeDeps) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const freeBytes =
    options.freeBytes ??
    (async () => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    });
  let last: Promise<unknown> = Promise.resolve();

  /** One file at a time is unpacked: each may want some hundred megabytes for a while. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = last.then(task);
    last = done.catch(() => {});
    return done;
  }

  async function keepPicture({ bytes, ...about }: Picture): Promise<Result<LeafletFile, FileRefusal>> {
    if (bytes.length > MAX_BLOB_BYTES) return err('too-large');
    return ok({ ...about, hash: await blobs.put(bytes, 'server'), bytes: bytes.length });
  }

  async function keep(path: string, file: FileHandle, length: number): Promise<Result<LeafletFile, FileRefusal>> {
    const head = Buffer.alloc(Math.min(HEAD_BYTES, length));
    await file.read(head, 0, head.length, 0);
    const found = await kindOf(head);
    if (found === null) return err('unknown-type');
    if (length > LARGEST[found.kind]) return err('too-large');
    switch (found.kind) {
      case 'picture': {
        const picture = await remakePicture(path);
        return picture.ok ? keepPicture(picture.value) : picture;
      }
      case 'svg': {
        const bytes = await readFile(path);
        const fault = svgFault(bytes);
        if (fault !== null) return err(fault);
        const picture = await drawSvg(bytes);
        return picture.ok ? keepPicture(picture.value) : picture;
      }
      case 'pdf': {
        const pages = await checkPdf(path, PDF_LIMITS);
        if (!pages.ok) return pages;
        const hash = await blobs.put(createReadStream(path), 'server');
        return ok({ type: 'application/pdf', hash, bytes: length, pages: pages.value });
      }
      case 'video': {
        const isWhole = found.type === 'video/mp4' ? isWholeMp4 : isWholeWebm;
        if (!(await isWhole(file, length))) return err('damaged');
        return ok({ type: found.type, hash: await blobs.put(createReadStream(path), 'server'), bytes: length });
      }
      default:
        return found;
    }
  }

  return {
    /** Does something while no file is being kept. */
    between: inTurn,

    /** The file as it is kept, which for pictures is not as it was sent, and its cleaned name. */
    async take(upload: Upload): Promise<Result<{ file: LeafletFile; name: string }, IntakeRefusal>> {
      if ((upload.length ?? 0) > MAX_BLOB_BYTES) return err('too-large');
      // Twice: as it comes, and as it is kept.
      const wanted = 2 * (upload.length ?? MAX_BLOB_BYTES);
      if ((await freeBytes()) - wanted < KEEP_FREE_BYTES) return err('no-room');
      const path = join(folder, randomUUID());
      const handle = await open(path, 'wx+');
      try {
        const received = await receive(handle, upload.bytes);
        if (!received.ok) return received;
        const name = cleanFileName(upload.name);
        return await inTurn(async () => {
          const kept = await keep(path, handle, received.value);
          if (!kept.ok) return kept;
          await files.record(kept.value, name, upload.account);
          return ok({ file: kept.value, name });
        });
      } catch (error) {
        if (isDiskFull(error)) return err('no-room');
        throw error;
      } finally {
        await handle.close();
        await rm(path, { force: true });
      }
    },
  };
}

export type Intake = ReturnType<typeof createIntake>;
