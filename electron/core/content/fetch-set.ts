import type { SetFile } from '#electron/store/content-sets.ts';
import type { RefusalOfRelease } from '#shared/contract/content.ts';
import type { BlobFault } from '../sync/blob-exchange.ts';
import { type FetchFileDeps, fetchFile, type FileSource } from './fetch-file.ts';

/** Why a set is not whole yet. `why` null: nothing is wrong with it, the way to it is cut. */
export interface SetFault {
  readonly why: RefusalOfRelease | null;
  readonly detail: string;
  /** Milliseconds that the server wants to be left alone. */
  readonly wishMs: number;
}

export interface FetchSetDeps extends FetchFileDeps {
  /** In the order in which they are tried: a stick before the server. */
  readonly sources: () => readonly FileSource[];
  /** Files whose bytes were compared with their hashes since the start of this process. */
  readonly verified: Set<string>;
  /** Bytes that are here of all of the set. */
  readonly onProgress: (bytes: number, total: number) => void;
}

/** What a fault of a file is to the release. */
function setFault(fault: BlobFault): SetFault {
  const detail = 'detail' in fault ? fault.detail : fault.kind;
  switch (fault.kind) {
    case 'no-room':
    case 'wrong-hash':
      return { why: fault.kind, detail, wishMs: 0 };
    case 'disk':
      return { why: /ENOSPC|EDQUOT/.test(detail) ? 'no-room' : null, detail, wishMs: 0 };
    case 'nonsense':
      return { why: 'wrong-hash', detail, wishMs: 0 };
    case 'refused':
      return { why: fault.status === 404 ? 'missing' : null, detail: `${fault.status} ${fault.code}`, wishMs: 0 };
    case 'busy':
      return { why: null, detail: `${fault.status}`, wishMs: fault.retryAfterMs ?? 0 };
    default:
      return { why: null, detail, wishMs: 0 };
  }
}

/**
 * Brings all files of a set here, one after the other; each is verified as it arrives, and those that were here are verified
 * again. There must be room for all before the first byte. Null: the set is whole.
 */
export async function fetchSet(
  deps: FetchSetDeps,
  set: readonly SetFile[],
  stopping: AbortSignal,
): Promise<SetFault | null> {
  const { files, verified } = deps;
  const total = set.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { hash, bytes } of set) {
    if (stopping.aborted) return { why: null, detail: 'called off', wishMs: 0 };
    const length = files.length(hash);
    if (length === null || (length === bytes && verified.has(hash))) continue;
    if (length === bytes && (await files.isSound(hash))) verified.add(hash);
    else files.delete(hash);
  }

  const missing = set.filter(({ hash }) => files.length(hash) === null);
  const toCome = missing.reduce((sum, { hash, bytes }) => sum + Math.max(0, bytes - files.partialLength(hash)), 0);
  let here = total - toCome;
  if (toCome > 0 && !files.roomFor(toCome)) {
    return { why: 'no-room', detail: `${toCome} bytes are to come`, wishMs: 0 };
  }
  deps.onProgress(here, total);
  const counting: FetchFileDeps = {
    ...deps,
    onBytes(bytes) {
      here += bytes;
      deps.onBytes(bytes);
      deps.onProgress(Math.min(here, total), total);
    },
  };
  for (const file of missing) {
    let fault: BlobFault | null = null;
    for (const source of deps.sources()) {
      fault = await fetchFile(counting, source, file, stopping);
      if (fault === null || stopping.aborted) break;
    }
    if (fault !== null) return setFault(fault);
    verified.add(file.hash);
  }
  return null;
}
