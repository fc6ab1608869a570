export interface NoncesOptions {
  /** A nonce is kept at least this long, and at most twice as long, milliseconds. */
  readonly keptMs: number;
  /** Of one key within that time: beyond it the key has to wait. */
  readonly most: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * The nonces of requests that could still be replayed, by key: so many bytes at most, for only keys that are known get here.
 * Kept in two halves by age; the older one is dropped whole.
 */
export function createNonces({ keptMs, most, now }: NoncesOptions) {
  let since = now();
  let young = new Map<string, Set<string>>();
  let old = new Map<string, Set<string>>();

  function age(): void {
    // A clock that was set back: better kept too long than forgotten.
    since = Math.min(since, now());
    const passed = now() - since;
    if (passed < keptMs) return;
    old = passed < 2 * keptMs ? young : new Map();
    young = new Map();
    since = now();
  }

  return {
    /** Notes a nonce, or says what is against it. */
    take(keyid: string, nonce: string): 'new' | 'seen' | 'too-many' {
      age();
      const own = young.get(keyid) ?? new Set();
      if (own.has(nonce) || old.get(keyid)?.has(nonce) === true) return 'seen';
      if (own.size >= most) return 'too-many';
      own.add(nonce);
      young.set(keyid, own);
      return 'new';
    },
  };
}
