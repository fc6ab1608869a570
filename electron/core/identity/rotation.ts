import { IDENTITY_PATHS, type RotateRequest, rotateResponseSchema, rotationText } from '#shared/contract/identity.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { KeyRing, KeyStore } from './key-store.ts';
import { keyidOf, makeKey, signText } from './keys.ts';
import type { Fetch } from './signing-fetch.ts';

/** A key is changed after this long, milliseconds: 90 days. */
const KEY_LIFE_MS = 90 * 86_400_000;

export interface RotationDeps {
  readonly keys: KeyStore;
  /** Signs with the key in use. */
  readonly signedFetch: Fetch;
  readonly serverUrl: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Whether the key in use is old, or a change of keys was begun and not ended. */
export function isRotationDue({ current, next }: KeyRing, nowMs: number): boolean {
  return next !== null || nowMs - current.madeMs > KEY_LIFE_MS;
}

/**
 * Changes the terminal's key. The new one is on the disk before the server hears of it; the old one signs until the server
 * has answered; the server takes both until the new one was used. Cut off anywhere, it is done again from its start with
 * the same new key, and there is a key that works at each moment.
 */
export async function rotate({ keys, signedFetch, serverUrl, now }: RotationDeps): Promise<Result<KeyRing, string>> {
  const ring = keys.read();
  if (ring === null) return err('there is no key to change');
  const { current } = ring;
  const next = ring.next ?? makeKey(now());
  if (ring.next === null) keys.write({ current, next });
  const keyid = keyidOf(next);
  const asked: RotateRequest = {
    publicKey: next.x,
    proof: signText(next, rotationText(keyidOf(current), keyid)).toString('base64url'),
  };
  try {
    const response = await signedFetch(serverUrl + IDENTITY_PATHS.rotate, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
      signal: AbortSignal.timeout(15_000),
    });
    const answer: unknown = await response.json();
    if (!response.ok) return err(`the server answered ${response.status}: ${JSON.stringify(answer)}`);
    if (rotateResponseSchema.parse(answer).keyid !== keyid) return err('the server answered with another key');
  } catch (error) {
    return err(String(error));
  }
  const changed: KeyRing = { current: next, next: null };
  keys.write(changed);
  return ok(changed);
}
