import type { Log } from '../log.ts';
import type { KeyRing, KeyStore } from './key-store.ts';
import { makeKey } from './keys.ts';
import { isRotationDue, rotate } from './rotation.ts';
import { createSigner } from './signer.ts';
import { createSigningFetch, type SigningFetchDeps } from './signing-fetch.ts';

export interface IdentityDeps extends Pick<SigningFetchDeps, 'fetch' | 'revocation' | 'onRevoked' | 'log'> {
  readonly keys: KeyStore;
  /** `http://host:port`, no path. */
  readonly serverUrl: string;
  /** This machine's clock, milliseconds since 1970. */
  readonly now: () => number;
  /** 128 random bits, base64url. */
  readonly newNonce: () => string;
}

/** A terminal whose key is lost goes on lending: it signs with one that nobody knows until it is enrolled anew. */
function readKeys(keys: KeyStore, now: () => number, log: Log): KeyRing {
  try {
    const ring = keys.read();
    if (ring !== null) return ring;
    log.error('the key of this terminal is gone; the server will not know it until it is enrolled anew');
  } catch (error) {
    log.error({ err: error }, 'the key of this terminal can’t be read; the server will not know it');
  }
  return { current: makeKey(now()), next: null };
}

/** Who this terminal is to the server: signs its requests, changes its key in time, hears when it is revoked. */
export function createIdentity({ keys, serverUrl, now, newNonce, fetch, ...deps }: IdentityDeps) {
  const { log } = deps;
  let ring = readKeys(keys, now, log);
  let changing = false;
  const signer = createSigner({ key: () => ring.current, now, newNonce });
  const signedFetch = createSigningFetch({ ...deps, fetch, signer });

  return {
    fetch: signedFetch,

    /** Changes the key if it is old. For moments at which the server is known to answer; never fails. */
    async keepFresh(): Promise<void> {
      if (changing || !isRotationDue(ring, now())) return;
      changing = true;
      try {
        const changed = await rotate({ keys, signedFetch, serverUrl, now });
        if (changed.ok) {
          ring = changed.value;
          log.info('this terminal has a new key');
        } else {
          log.warn({ fault: changed.error }, 'the key could not be changed; later');
        }
      } catch (error) {
        log.error({ err: error }, 'the key could not be written');
        // Whatever is on the disk now is what counts.
        ring = readKeys(keys, now, log);
      }
      changing = false;
    },
  };
}
