import type { SetFile } from '#electron/store/content-sets.ts';
import type { BlobFiles, BlobPart } from '#electron/store/blob-files.ts';
import type { Line, Sleep, Watch } from '../sync/blob-line.ts';
import type { BlobAnswer, BlobLink } from '../sync/blob-link.ts';
import type { BlobFault } from '../sync/blob-exchange.ts';
import { faultOf } from '../sync/server-link.ts';

/** Where bytes of files are had: the server, or a stick. */
export type FileSource = Pick<BlobLink, 'receive'>;

export interface FetchFileDeps {
  readonly files: BlobFiles;
  readonly line: Line;
  readonly sleep: Sleep;
  /** Bytes that have come since the start of this process. */
  readonly haveCome: () => number;
  readonly onBytes: (bytes: number) => void;
}

const SMALLEST_PIECE = 16_384;
const LARGEST_PIECE = 1_048_576;
/** A piece may take so long, milliseconds: a line that drips is as good as none. What has come of it stays. */
const PIECE_MS = 60_000;

/**
 * Bytes to ask for at a time. What is on its way when the process is killed is lost and comes again, so it is a small part of
 * what came since the last start: however often that happens, little comes twice.
 */
function pieceBytes(haveCome: number): number {
  return Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, Math.floor(haveCome / 32)));
}

async function takeBytes(
  { bytes }: BlobAnswer,
  part: BlobPart,
  length: number,
  watch: Watch,
  onBytes: (bytes: number) => void,
): Promise<BlobFault | null> {
  const reader = bytes.getReader();
  try {
    while (part.have() < length) {
      const next = await reader.read().catch(faultOf);
      if ('kind' in next) return next;
      if (next.done) return null;
      const chunk = next.value.subarray(0, length - part.have());
      await part.append(chunk);
      onBytes(chunk.length);
      await watch.moved(chunk.length);
    }
    return null;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** The next piece. Null: it came, or there was nothing wrong with what came of it. */
async function takePiece(
  deps: FetchFileDeps,
  source: FileSource,
  { hash, bytes: length }: SetFile,
  part: BlobPart,
  stopping: AbortSignal,
): Promise<BlobFault | null> {
  const first = part.have();
  const watch = deps.line.watch(stopping);
  const late = new AbortController();
  const done = new AbortController();
  void deps.sleep(PIECE_MS, done.signal).then(() => late.abort(new Error('too slow')));
  try {
    const last = Math.min(length, first + pieceBytes(deps.haveCome())) - 1;
    const signal = AbortSignal.any([watch.signal, late.signal]);
    const answer = await source.receive(hash, first, signal, last);
    if (!answer.ok) return answer.error;
    const { value } = answer;
    if (value === null || value.length !== length) {
      await value?.bytes.cancel();
      return { kind: 'nonsense', detail: `${value?.length ?? 'no'} bytes instead of ${length}` };
    }
    if (value.first !== first) {
      if (value.first !== 0) {
        await value.bytes.cancel();
        return { kind: 'nonsense', detail: 'another range than was asked for' };
      }
      await part.restart();
    }
    const fault = await takeBytes(value, part, length, watch, deps.onBytes);
    if (fault !== null) return fault;
    return part.have() > first ? null : { kind: 'unreachable', detail: 'the answer ended early' };
  } finally {
    done.abort();
    watch.end();
  }
}

/** One file of a set, as far as it goes without a fault. Null: it is here whole, and its bytes are those of its hash. */
export async function fetchFile(
  deps: FetchFileDeps,
  source: FileSource,
  file: SetFile,
  stopping: AbortSignal,
): Promise<BlobFault | null> {
  if (deps.files.length(file.hash) !== null) return null;
  const room = await deps.files.receive(file.hash, file.bytes);
  if (!room.ok) return { kind: 'no-room' };
  const part = room.value;
  try {
    while (part.have() < file.bytes) {
      if (stopping.aborted) return { kind: 'unreachable', detail: 'called off' };
      const fault = await takePiece(deps, source, file, part, stopping);
      if (fault !== null) return fault;
    }
    return (await part.finish()) ? null : { kind: 'wrong-hash' };
  } catch (error) {
    return { kind: 'disk', detail: String(error) };
  } finally {
    await part.close();
  }
}
