import { randomBytes } from 'node:crypto';
import {
  enrolResponseSchema,
  type EnrolRequest,
  type EnrolResponse,
  IDENTITY_PATHS,
} from '#shared/contract/identity.ts';
import { errorResponseSchema } from '#shared/contract/sync.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../log.ts';
import type { KeyStore } from './key-store.ts';
import { makeKey } from './keys.ts';
import { createSigner } from './signer.ts';
import { createSigningFetch, type Fetch } from './signing-fetch.ts';

export interface EnrolDeps {
  readonly keys: KeyStore;
  /** `http://host:port`, no path. */
  readonly serverUrl: string;
  /** As it was typed. */
  readonly code: string;
  /** What people call the machine. */
  readonly device: string;
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

export type EnrolFault =
  /** `code` as in contract/identity.ts, and the server's own sentence. */
  | { readonly kind: 'refused'; readonly code: string; readonly sentence: string }
  /** No answer, or one that makes no sense: the same code may be tried again. */
  | { readonly kind: 'no-answer'; readonly detail: string };

export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * Makes this machine a terminal. The key is on the disk before the server hears of it; if the answer is lost, the same
 * code with the same key is answered again.
 */
export async function enrol(deps: EnrolDeps): Promise<Result<EnrolResponse, EnrolFault>> {
  const { keys, serverUrl, code, device, fetch, now, log } = deps;
  const ring = keys.read() ?? { current: makeKey(now()), next: null };
  keys.write(ring);
  const signer = createSigner({ key: () => ring.current, now, newNonce });
  const signedFetch = createSigningFetch({ fetch, signer, revocation: null, onRevoked: () => {}, log });
  const asked: EnrolRequest = { code, publicKey: ring.current.x, device, keyStore: keys.kind };
  try {
    const response = await signedFetch(serverUrl + IDENTITY_PATHS.enrol, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
      signal: AbortSignal.timeout(15_000),
    });
    const answer: unknown = await response.json();
    if (response.ok) return ok(enrolResponseSchema.parse(answer));
    const { error } = errorResponseSchema.parse(answer);
    return err({ kind: 'refused', code: error.code, sentence: error.message });
  } catch (error) {
    return err({ kind: 'no-answer', detail: String(error instanceof Error ? (error.cause ?? error) : error) });
  }
}
