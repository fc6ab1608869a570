import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fetcher } from 'tuf-js';
import { DownloadHTTPError, DownloadLengthMismatchError } from 'tuf-js/dist/error.js';
import type { Fetch } from '../identity/signing-fetch.ts';
import type { Sleep } from '../sync/blob-line.ts';

/** Why bytes did not come. */
export type FetchFault =
  /** No answer, one that is no answer to this, or too slow. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'missing'; readonly detail: string }
  /** More than was said or than is allowed. */
  | { readonly kind: 'oversized'; readonly detail: string };

/** Bytes from somewhere; a status of HTTP where there are none. */
export type OpenUrl = (
  url: string,
  signal: AbortSignal,
) => Promise<{ readonly bytes: AsyncIterable<Uint8Array> } | { readonly status: number }>;

/** Over HTTP. What comes compressed counts as what it unpacks to. */
export function openOverHttp(fetch: Fetch): OpenUrl {
  return async (url, signal) => {
    const response = await fetch(url, { signal, headers: { 'accept-encoding': 'identity' } });
    if (response.status === 200 && response.body !== null) return { bytes: response.body };
    await response.body?.cancel();
    return { status: response.status };
  };
}

/** From a folder, by `file:` addresses. */
export const openFromDisk: OpenUrl = async (url, signal) => {
  const path = fileURLToPath(url);
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true ? { bytes: createReadStream(path, { signal }) } : { status: 404 };
};

export interface LimitedFetcherDeps {
  readonly open: OpenUrl;
  /** Folder for targets on their way. */
  readonly scratch: string;
  readonly sleep: Sleep;
  /** Milliseconds that only ever go forward. */
  readonly monotonic: () => number;
  readonly stopping: AbortSignal;
}

/** An answer may take so long before its first byte, milliseconds, and must come at least as fast as this afterwards. */
const PATIENCE_MS = 15_000;
const SLOWEST_BYTES_PER_MS = 16;
const LOOK_EVERY_MS = 1000;

/**
 * How tuf-js gets its bytes here: within limits of length and time, tried once. tuf-js turns what went wrong into text, so the last
 * fault is kept beside it.
 */
export function createLimitedFetcher({ open, scratch, sleep, monotonic, stopping }: LimitedFetcherDeps) {
  let fault: FetchFault | null = null;
  let files = 0;

  async function read(url: string, maxLength: number): Promise<Buffer> {
    const late = new AbortController();
    const done = new AbortController();
    const begun = monotonic();
    let received = 0;

    /** Whoever drips bytes so slowly that it would never end is as good as away (TUF: slow retrieval attack). */
    async function watch(): Promise<void> {
      while (!done.signal.aborted) {
        await sleep(LOOK_EVERY_MS, done.signal);
        if (monotonic() - begun > PATIENCE_MS + received / SLOWEST_BYTES_PER_MS) late.abort(new Error('too slow'));
      }
    }

    void watch();
    try {
      const answer = await open(url, AbortSignal.any([stopping, late.signal]));
      if ('status' in answer) throw new DownloadHTTPError('no such answer', answer.status);
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.bytes) {
        received += chunk.length;
        // Leaving the loop ends the request.
        if (received > maxLength) throw new DownloadLengthMismatchError(`more than ${maxLength} bytes`);
        chunks.push(chunk);
      }
      fault = null;
      return Buffer.concat(chunks);
    } catch (error) {
      fault = faultOf(error, new URL(url).pathname.split('/').at(-1) ?? '');
      throw error;
    } finally {
      done.abort();
    }
  }

  const fetcher: Fetcher = {
    downloadBytes: read,
    async downloadFile(url, maxLength, handler) {
      files += 1;
      const path = join(scratch, `target-${files}`);
      await writeFile(path, await read(url, maxLength));
      return handler(path);
    },
  };

  return {
    fetcher,
    /** What went wrong last; null after bytes that came. */
    fault: (): FetchFault | null => fault,
  };
}

function faultOf(error: unknown, name: string): FetchFault {
  if (error instanceof DownloadLengthMismatchError) {
    return { kind: 'oversized', detail: `${name}: ${error.message}` };
  }
  if (error instanceof DownloadHTTPError) {
    const { statusCode } = error;
    return { kind: statusCode === 404 ? 'missing' : 'unreachable', detail: `${name}: ${statusCode}` };
  }
  const { message } = error instanceof Error && error.cause instanceof Error ? error.cause : new Error(String(error));
  return { kind: 'unreachable', detail: `${name}: ${message}` };
}
