import type { BlobFiles, BlobPart } from '#electron/store/blob-files.ts';
import type { Line, Watch } from './blob-line.ts';
import type { BlobAnswer, BlobLink } from './blob-link.ts';
import type { BlobEntry } from './blob-queue.ts';
import { faultOf, type LinkFault } from './server-link.ts';

export type BlobFault =
  | LinkFault
  /** The bytes that came are not those of the hash; they were thrown away. */
  | { readonly kind: 'wrong-hash' }
  /** The terminal has no room for it. */
  | { readonly kind: 'no-room' }
  /** What was to be sent is not here any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'disk'; readonly detail: string };

export interface BlobExchangeDeps {
  readonly link: BlobLink;
  readonly files: BlobFiles;
  readonly line: Line;
  /** Bytes of a blob that have come or gone so far. */
  readonly onProgress: (entry: BlobEntry, bytes: number) => void;
}

/** Bytes of one request to the server: lost at most when the answer is. */
const PIECE_BYTES = 262_144;

/** One blob, as far as it goes without a fault. */
export function createBlobExchange({ link, files, line, onProgress }: BlobExchangeDeps) {
  async function sendPieces(entry: BlobEntry, watch: Watch): Promise<BlobFault | null> {
    const { hash, length } = entry;
    const first = await link.sent(hash, watch.signal);
    if (!first.ok) return first.error;
    for (let { offset, complete } = first.value; !complete;) {
      if (files.length(hash) !== length) return { kind: 'gone' };
      if (offset > length) return { kind: 'nonsense', detail: 'the server has more than there is' };
      const piece = await files.read(hash, offset, Math.min(PIECE_BYTES, length - offset));
      const answer = await link.send(hash, { offset, length }, piece, watch.signal);
      if (!answer.ok) return answer.error;
      const { value } = answer;
      if (!value.complete && value.offset <= offset) return { kind: 'nonsense', detail: 'the server takes no more' };
      ({ offset, complete } = value);
      onProgress(entry, offset);
      await watch.moved(piece.length);
    }
    return null;
  }

  async function takeBytes(
    entry: BlobEntry,
    { bytes }: BlobAnswer,
    part: BlobPart,
    watch: Watch,
  ): Promise<BlobFault | null> {
    const reader = bytes.getReader();
    try {
      while (part.have() < entry.length) {
        const next = await reader.read().catch(faultOf);
        if ('kind' in next) return next;
        if (next.done) return { kind: 'unreachable', detail: 'the answer ended early' };
        // Whatever comes behind the end is not part of it.
        await part.append(next.value.subarray(0, entry.length - part.have()));
        onProgress(entry, part.have());
        await watch.moved(next.value.length);
      }
      return null;
    } finally {
      await reader.cancel().catch(() => {});
    }
  }

  async function receiveRest(entry: BlobEntry, part: BlobPart, watch: Watch): Promise<BlobFault | null> {
    const { hash, length } = entry;
    if (part.have() === length) return null;
    const answer = await link.receive(hash, part.have(), watch.signal);
    if (!answer.ok) return answer.error;
    const { value } = answer;
    if (value === null || value.length !== length) {
      await value?.bytes.cancel();
      return { kind: 'nonsense', detail: 'the server’s blob has another length' };
    }
    if (value.first !== part.have()) {
      if (value.first !== 0) {
        await value.bytes.cancel();
        return { kind: 'nonsense', detail: 'another range than was asked for' };
      }
      await part.restart();
    }
    return takeBytes(entry, value, part, watch);
  }

  async function receive(entry: BlobEntry, watch: Watch): Promise<BlobFault | null> {
    const { hash, length } = entry;
    if (files.length(hash) !== null) return null;
    const room = await files.receive(hash, length);
    if (!room.ok) return { kind: 'no-room' };
    const part = room.value;
    try {
      const fault = await receiveRest(entry, part, watch);
      if (fault !== null) return fault;
      return (await part.finish()) ? null : { kind: 'wrong-hash' };
    } finally {
      await part.close();
    }
  }

  /** Null: the blob is where it should be, whole. */
  return async function exchangeBlob(entry: BlobEntry, stopping: AbortSignal): Promise<BlobFault | null> {
    const watch = line.watch(stopping);
    try {
      return await (entry.way === 'in' ? receive(entry, watch) : sendPieces(entry, watch));
    } catch (error) {
      return { kind: 'disk', detail: String(error) };
    } finally {
      watch.end();
    }
  };
}
