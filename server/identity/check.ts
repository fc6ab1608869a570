import { SIGNATURE_LIFE_S, readSignature, type StatedSignature, toSign } from '#shared/identity/message-signature.ts';
import type { SignatureRefusal } from '#shared/contract/identity.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { KnownTerminal, Terminals } from '../store/terminals.ts';
import { isSignedBy } from './keys.ts';
import { createNonces } from './nonces.ts';

/** A request whose clock is ahead of ours by more than this is not of now, seconds. */
const AHEAD_S = 30;
/** `created` has whole seconds: one from the second in which the server started may have been made after it. */
const GRAIN_MS = 1000;
/** Requests of one key within 90 seconds: a terminal that sends its whole backlog stays far below. */
const MOST_REQUESTS = 20_000;

/** Methods whose requests have no body. */
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** A request's line and fields, as they came. */
export interface SignedRequest {
  readonly method: string;
  readonly target: string;
  readonly fields: Readonly<Record<string, string | string[] | undefined>>;
}

export interface CheckRefusal {
  readonly code: SignatureRefusal | 'too-many-requests';
  /** For the log and the answer: why, without anything that the request brought. */
  readonly why: string;
  readonly terminal?: string;
  readonly keyid?: string;
  /** With `revoked-terminal`: the word that the terminal knows the hash of. */
  readonly revocation?: string;
}

export interface CheckDeps {
  readonly terminals: Terminals;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

function fieldOf({ fields }: SignedRequest, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

/**
 * Says whose request this is, or why it is not listened to. The nonces of what came before this process started are not
 * known any more: such requests are stale, so that a restart lets no replay in.
 */
export function createRequestCheck({ terminals, now }: CheckDeps) {
  let startedMs = now();
  const nonces = createNonces({ keptMs: (SIGNATURE_LIFE_S + AHEAD_S) * 1000, most: MOST_REQUESTS, now });

  /** The signature over this request by this key, or null. */
  function signedBy(publicKey: string, request: SignedRequest, stated: StatedSignature): boolean {
    const digest = stated.withDigest ? fieldOf(request, 'content-digest') : null;
    if (stated.withDigest && digest === null) return false;
    const { base } = toSign({ method: request.method, target: request.target, digest }, stated.parameters);
    return isSignedBy(publicKey, base, stated.signature, 'base64');
  }

  function staleness({ created, expires }: StatedSignature['parameters']): string | null {
    const nowS = now() / 1000;
    // A clock that was ahead when the server started and was set back: nothing can be older than now.
    startedMs = Math.min(startedMs, now());
    if (expires <= created || expires - created > SIGNATURE_LIFE_S) return 'a signature holds for a minute at most';
    if (created > nowS + AHEAD_S) return 'signed in the future';
    if (expires < nowS) return 'signed too long ago';
    if (created * 1000 < startedMs - GRAIN_MS) return 'signed before the server started';
    return null;
  }

  /** What can be said before the key is looked up. */
  function signatureOf(request: SignedRequest): Result<StatedSignature, CheckRefusal> {
    const input = fieldOf(request, 'signature-input');
    const field = fieldOf(request, 'signature');
    if (input === null || field === null) return err({ code: 'bad-signature', why: 'the request is not signed' });
    const signature = readSignature(input, field);
    if (signature === null) return err({ code: 'bad-signature', why: 'the signature is not of the profile' });
    // Whatever may have a body has a digest: a body that nobody signed is nobody's.
    return signature.withDigest === !BODILESS.has(request.method)
      ? ok(signature)
      : err({ code: 'bad-signature', why: 'the signature does not cover what it must' });
  }

  /** Time and nonce, once the signature is known to be right. */
  function isFresh(signature: StatedSignature): CheckRefusal | null {
    const { keyid, nonce } = signature.parameters;
    const stale = staleness(signature.parameters);
    if (stale !== null) return { code: 'stale-request', why: stale, keyid };
    const taken = nonces.take(keyid, nonce);
    if (taken === 'seen') return { code: 'replayed-request', why: 'this request was heard before', keyid };
    return taken === 'new' ? null : { code: 'too-many-requests', why: 'too many requests of this terminal', keyid };
  }

  return {
    /** A request that brings its own key, as an enrolment does: null where it is signed by that key, now and once. */
    ofKey(publicKey: string, request: SignedRequest): CheckRefusal | null {
      const signature = signatureOf(request);
      if (!signature.ok) return signature.error;
      const right = signedBy(publicKey, request, signature.value);
      return right ? isFresh(signature.value) : { code: 'bad-signature', why: 'not signed by the key that it brings' };
    },

    async ofTerminal(
      request: SignedRequest,
    ): Promise<Result<KnownTerminal & { readonly keyid: string }, CheckRefusal>> {
      const signature = signatureOf(request);
      if (!signature.ok) return signature;
      const { keyid } = signature.value.parameters;
      const known = await terminals.byKey(keyid);
      if (known === null) return err({ code: 'unknown-terminal', why: 'this terminal is not known here', keyid });
      const { id, station, publicKey, next, revoked } = known;
      const who = { terminal: id, keyid };
      if (!signedBy(publicKey, request, signature.value)) {
        return err({ code: 'bad-signature', why: 'the signature is not right', ...who });
      }
      if (revoked !== null) {
        return err({ code: 'revoked-terminal', why: 'this terminal is out of service', revocation: revoked, ...who });
      }
      const fault = isFresh(signature.value);
      if (fault !== null) return err({ ...fault, ...who });
      // From its first use on the new key is the only one.
      if (next) await terminals.tookOver(id, keyid);
      return ok({ id, station, keyid });
    },
  };
}

export type RequestCheck = ReturnType<typeof createRequestCheck>;
