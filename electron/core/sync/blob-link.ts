import {
  type BlobHash,
  blobPath,
  type BlobUpload,
  PARTIAL_BLOB,
  UPLOAD_COMPLETE,
  UPLOAD_OFFSET,
} from '#shared/contract/blobs.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Fetch } from '../identity/signing-fetch.ts';
import { answerFault, faultOf, type LinkFault } from './server-link.ts';

export interface BlobLinkDeps {
  /** `http://host:port`, no path. */
  readonly url: string;
  /** Signs what it sends; bodies are bytes. */
  readonly fetch: Fetch;
}

/** How far the server is with a blob that we send. */
export interface SentSoFar {
  readonly offset: number;
  readonly complete: boolean;
}

/** Bytes of a blob from `first` on. `bytes` throws where the line is cut; leaving it early ends the request. */
export interface BlobAnswer {
  readonly first: number;
  readonly length: number;
  readonly bytes: ReadableStream<Uint8Array>;
}

const CONTENT_RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/;

function wholeNumber(field: string | null): number | null {
  return field !== null && /^\d{1,15}$/.test(field) ? Number(field) : null;
}

function sentSoFar({ headers }: Response): Result<SentSoFar, LinkFault> {
  const offset = wholeNumber(headers.get(UPLOAD_OFFSET));
  return offset === null
    ? err({ kind: 'nonsense', detail: 'an upload without an offset' })
    : ok({ offset, complete: headers.get(UPLOAD_COMPLETE) === '?1' });
}

function answerOf({ status, headers, body }: Response): BlobAnswer | null {
  if (headers.has('content-encoding')) return null;
  if (status === 200) {
    const length = wholeNumber(headers.get('content-length'));
    return length === null || body === null ? null : { first: 0, length, bytes: body };
  }
  const [, first, , length] = CONTENT_RANGE.exec(headers.get('content-range') ?? '') ?? [];
  return status !== 206 || body === null ? null : { first: Number(first), length: Number(length), bytes: body };
}

/** The calls of contract/blobs.ts. */
export function createBlobLink({ url, fetch }: BlobLinkDeps) {
  async function request<T>(
    target: string,
    init: RequestInit,
    read: (response: Response) => Promise<Result<T, LinkFault>> | Result<T, LinkFault>,
  ): Promise<Result<T, LinkFault>> {
    try {
      return await read(await fetch(url + target, init));
    } catch (error) {
      return err(faultOf(error));
    }
  }

  return {
    /** How much of a blob that we send the server has. */
    sent(hash: BlobHash, signal: AbortSignal): Promise<Result<SentSoFar, LinkFault>> {
      return request(blobPath(hash), { method: 'HEAD', signal }, async (response) => {
        if (response.status === 404) return ok({ offset: 0, complete: false });
        if (!response.ok) return err(await answerFault(response));
        // It is there for everyone here to read.
        if (response.status === 200) return ok({ offset: 0, complete: true });
        return sentSoFar(response);
      });
    },

    /** Sends a piece that begins at `offset`. What was not taken as it was asked is said by the offset. */
    send(
      hash: BlobHash,
      { offset, length }: BlobUpload,
      piece: Uint8Array<ArrayBuffer>,
      signal: AbortSignal,
    ): Promise<Result<SentSoFar, LinkFault>> {
      const init = { method: 'PATCH', headers: { 'content-type': PARTIAL_BLOB }, body: piece, signal };
      return request(`${blobPath(hash)}?offset=${offset}&length=${length}`, init, async (response) => {
        const knows = response.status === 409 && response.headers.has(UPLOAD_OFFSET);
        if (!response.ok && !knows) return err(await answerFault(response));
        await response.body?.cancel();
        return sentSoFar(response);
      });
    },

    /**
     * Asks for a blob from byte `first` on, up to and with `last` where that is given; what comes may be more. Null: the server
     * says that there is nothing from there on.
     */
    receive(
      hash: BlobHash,
      first: number,
      signal: AbortSignal,
      last?: number,
    ): Promise<Result<BlobAnswer | null, LinkFault>> {
      const range = { range: `bytes=${first}-${last ?? ''}`, 'if-range': `"${hash}"` };
      const headers = { 'accept-encoding': 'identity', ...(first === 0 && last === undefined ? {} : range) };
      return request(blobPath(hash), { headers, signal }, async (response) => {
        if (response.status === 416) {
          await response.body?.cancel();
          return ok(null);
        }
        if (!response.ok) return err(await answerFault(response));
        const answer = answerOf(response);
        if (answer !== null && Number.isSafeInteger(answer.first)) return ok(answer);
        await response.body?.cancel();
        return err({ kind: 'nonsense', detail: 'no part of a blob' });
      });
    },
  };
}

export type BlobLink = ReturnType<typeof createBlobLink>;
