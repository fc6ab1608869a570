import { errorResponseSchema } from '#shared/contract/sync.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import type { Log } from '../log.ts';
import type { Signer } from './signer.ts';

/** As the global fetch, for bodies that are text or bytes: what is a stream has no digest before it is sent. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface SigningFetchDeps {
  readonly fetch: Fetch;
  readonly signer: Signer;
  /** Hash of the word of revocation (contract/identity.ts); null before the enrolment. */
  readonly revocation: string | null;
  /** The server has revoked this terminal, and has proved that it was the server. Called once. */
  readonly onRevoked: (word: string) => void;
  readonly log: Log;
}

/** Characters of a refusal that are looked at. */
const LONGEST_REFUSAL = 65_536;

async function textOf(response: Response): Promise<string> {
  let text = '';
  if (response.body === null) return text;
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.length > LONGEST_REFUSAL) return '';
  }
  return text;
}

function bodyOf({ body = null }: RequestInit): string | Uint8Array | null {
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new Error('only text and bytes can be signed');
}

function errorIn(text: string) {
  try {
    return errorResponseSchema.parse(JSON.parse(text)).error;
  } catch {
    return null;
  }
}

/**
 * Fetch for requests of a terminal: each is signed. Told that its clock is wrong, it takes the server's time and asks once
 * more. Whoever says "revoked" without the word of revocation is not believed: wiping can't be undone.
 */
export function createSigningFetch({ fetch, signer, revocation, onRevoked, log }: SigningFetchDeps): Fetch {
  let revoked = false;

  function send(url: string, init: RequestInit): Promise<Response> {
    const { pathname, search } = new URL(url);
    const body = bodyOf(init);
    const signed = signer.sign({ method: init.method ?? 'GET', target: pathname + search, body });
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(signed)) headers.set(name, value);
    return fetch(url, { ...init, headers });
  }

  function hearRevocation(word: unknown): void {
    if (revoked) return;
    if (typeof word !== 'string' || revocation === null || sha256Text(word) !== revocation) {
      log.error('told to be revoked, without the word that proves it; nothing was wiped');
      return;
    }
    revoked = true;
    onRevoked(word);
  }

  return async (url, init) => {
    for (let again = false; ; again = true) {
      const response = await send(url, init);
      if (response.status !== 401 && response.status !== 403) return response;
      const text = await textOf(response);
      const error = errorIn(text);
      if (error?.code === 'stale-request' && error.serverTime !== undefined && !again) {
        log.warn({ serverTime: error.serverTime }, 'this machine’s clock is not the server’s; signing by the server’s');
        signer.clockHeard(error.serverTime);
        continue;
      }
      if (error?.code === 'revoked-terminal') hearRevocation(error['revocation']);
      return new Response(text, { status: response.status, headers: response.headers });
    }
  };
}
