import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import {
  errorResponseSchema,
  giveBackResponseSchema,
  type GiveBackResponse,
  type HistoryHeader,
  historyHeaderSchema,
  type PullHeader,
  pullHeaderSchema,
  type PullQuery,
  type PushHeader,
  pushResponseSchema,
  type PushResponse,
  type SnapshotHeader,
  snapshotHeaderSchema,
  SYNC_PATHS,
} from '#shared/contract/sync.ts';
import { NDJSON, readLines, writeLines } from '#shared/contract/ndjson.ts';
import type { ChainHead } from '#shared/ledger/chain.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Fetch } from '../identity/signing-fetch.ts';

export type LinkFault =
  /** No answer: network down, server away, or too slow. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** An answer of 429 or 5xx: later is better. `retryAfterMs` is the server's own wish, if it had one. */
  | { readonly kind: 'busy'; readonly status: number; readonly retryAfterMs: number | null }
  /** The server's log is another one than the one asked about; `head`: what it holds of this writer. */
  | { readonly kind: 'new-epoch'; readonly epoch: string; readonly head: ChainHead }
  /** The server holds another event of this writer at `at`. */
  | { readonly kind: 'forked'; readonly at: number }
  /** An answer of 4xx: the same request will not do better. `code` as in the contract. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** An answer that is not what the contract says. */
  | { readonly kind: 'nonsense'; readonly detail: string };

/** Characters of an answer, many times what a page of events may have. */
const LONGEST_ANSWER = 8 * 1024 * 1024;
/** Characters on the poke stream without an event or a comment. */
const LONGEST_SILENCE = 65_536;

/** A header and the lines behind it, unparsed. */
export interface LinkPage<Header> {
  readonly header: Header;
  readonly lines: readonly string[];
}

/** What there is more of. A kind that this version does not know counts as events: to ask does no harm. */
export type PokedAbout = 'events' | 'content';

export interface LinkDeps {
  /** `http://host:port`, no path. */
  readonly url: string;
  /** Signs what it sends (identity/signing-fetch.ts). */
  readonly fetch: Fetch;
  /** A request that takes longer is given up, milliseconds. */
  readonly timeoutMs: number;
}

export function faultOf(error: unknown): LinkFault {
  // fetch says only "fetch failed"; what failed is in the cause.
  const { message } = error instanceof Error && error.cause instanceof Error ? error.cause : new Error(String(error));
  return { kind: 'unreachable', detail: message };
}

/** As it goes over the wire: made once, for digest and sending. */
function bytesOf(header: object, lines: readonly string[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(writeLines(header, lines));
}

/** The text of an answer, or null where it is longer than any answer may be: a hostile one must not fill the memory. */
async function textOf(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    // Leaving the loop cancels the rest.
    if (text.length > LONGEST_ANSWER) return null;
  }
  return text;
}

/** Null where it is no JSON. */
function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

export async function answerFault(response: Response): Promise<LinkFault> {
  const { status } = response;
  if (status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    await response.body?.cancel();
    return { kind: 'busy', status, retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null };
  }
  const body = errorResponseSchema.safeParse(parseJson(await textOf(response)));
  if (!body.success) return { kind: 'refused', status, code: 'unknown' };
  const { code, epoch, head, at } = body.data.error;
  if (code === 'new-epoch' && epoch !== undefined && head !== undefined) return { kind: 'new-epoch', epoch, head };
  if (code === 'forked-log' && at !== undefined) return { kind: 'forked', at };
  return { kind: 'refused', status, code };
}

/** The terminal's end of contract/sync.ts. Failures are values; nothing is retried here. */
export function createServerLink({ url, fetch, timeoutMs }: LinkDeps) {
  async function request<T>(
    path: string,
    init: RequestInit,
    parse: (text: string) => T,
    signal: AbortSignal,
  ): Promise<Result<T, LinkFault>> {
    try {
      const response = await fetch(url + path, {
        ...init,
        headers: { 'content-type': NDJSON },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      if (!response.ok) return err(await answerFault(response));
      const text = await textOf(response);
      if (text === null) return err({ kind: 'nonsense', detail: 'an answer without an end' });
      try {
        return ok(parse(text));
      } catch (error) {
        return err({ kind: 'nonsense', detail: String(error) });
      }
    } catch (error) {
      return err(faultOf(error));
    }
  }

  function page<Header>(schema: z.ZodType<Header>) {
    return (text: string): LinkPage<Header> => {
      const { header, lines } = readLines(text);
      return { header: schema.parse(JSON.parse(header)), lines };
    };
  }

  function get<Header>(
    path: string,
    query: Readonly<Record<string, unknown>>,
    schema: z.ZodType<Header>,
    signal: AbortSignal,
  ): Promise<Result<LinkPage<Header>, LinkFault>> {
    const texts = Object.entries(query).map(([key, value]) => [key, String(value)]);
    return request(`${path}?${new URLSearchParams(texts)}`, {}, page(schema), signal);
  }

  return {
    push(header: PushHeader, lines: readonly string[], signal: AbortSignal): Promise<Result<PushResponse, LinkFault>> {
      const init = { method: 'POST', body: bytesOf(header, lines) };
      return request(SYNC_PATHS.push, init, (text) => pushResponseSchema.parse(JSON.parse(text)), signal);
    },

    pull(query: PullQuery, signal: AbortSignal): Promise<Result<LinkPage<PullHeader>, LinkFault>> {
      return get(SYNC_PATHS.pull, { ...query }, pullHeaderSchema, signal);
    },

    snapshot(after: string, signal: AbortSignal): Promise<Result<LinkPage<SnapshotHeader>, LinkFault>> {
      return get(SYNC_PATHS.snapshot, { after }, snapshotHeaderSchema, signal);
    },

    history(subject: string, after: number, signal: AbortSignal): Promise<Result<LinkPage<HistoryHeader>, LinkFault>> {
      return get(SYNC_PATHS.history, { subject, after }, historyHeaderSchema, signal);
    },

    giveBack(
      header: { readonly epoch: string },
      lines: readonly string[],
      signal: AbortSignal,
    ): Promise<Result<GiveBackResponse, LinkFault>> {
      const init = { method: 'POST', body: bytesOf(header, lines) };
      return request(SYNC_PATHS.giveBack, init, (text) => giveBackResponseSchema.parse(JSON.parse(text)), signal);
    },

    /** Listens until the stream ends or fails, and calls `onPoke` at each "there is more", the first, of events, on connecting. */
    async listen(onPoke: (about: PokedAbout) => void, signal: AbortSignal): Promise<LinkFault> {
      try {
        const response = await fetch(url + SYNC_PATHS.poke, { signal });
        if (!response.ok || response.body === null) return await answerFault(response);
        let silence = 0;
        const parser = createParser({
          onEvent({ event }) {
            silence = 0;
            onPoke(event === 'content' ? 'content' : 'events');
          },
          onComment() {
            silence = 0;
          },
        });
        const text = response.body.pipeThrough(new TextDecoderStream());
        for await (const chunk of text) {
          silence += chunk.length;
          parser.feed(chunk);
          if (silence > LONGEST_SILENCE) return { kind: 'nonsense', detail: 'a stream of something else' };
        }
        return { kind: 'unreachable', detail: 'the stream ended' };
      } catch (error) {
        return faultOf(error);
      }
    },
  };
}

export type ServerLink = ReturnType<typeof createServerLink>;
