import { SIGNATURE_LIFE_S, signatureField, toSign } from '#shared/identity/message-signature.ts';
import { digestOf, keyidOf, signText, type TerminalKey } from './keys.ts';

export interface SignerDeps {
  /** The key to sign with now. */
  readonly key: () => TerminalKey;
  /** This machine's clock, milliseconds since 1970; right or wrong. */
  readonly now: () => number;
  /** 128 random bits, base64url. */
  readonly newNonce: () => string;
}

/** A request as it goes out. `target` is path and query. */
export interface Outgoing {
  readonly method: string;
  readonly target: string;
  readonly body: string | Uint8Array | null;
}

/** Signs requests (shared/identity/message-signature.ts), by the server's clock once that is known. */
export function createSigner({ key, now, newNonce }: SignerDeps) {
  let offsetMs = 0;

  return {
    /** The fields that make a request one of this terminal. Each call signs anew: a request sent twice is two. */
    sign({ method, target, body }: Outgoing): Record<string, string> {
      const current = key();
      const created = Math.floor((now() + offsetMs) / 1000);
      const digest = body === null ? null : digestOf(body);
      const { base, input } = toSign(
        { method, target, digest },
        { created, expires: created + SIGNATURE_LIFE_S, nonce: newNonce(), keyid: keyidOf(current) },
      );
      return {
        'signature-input': input,
        signature: signatureField(signText(current, base).toString('base64')),
        ...(digest === null ? {} : { 'content-digest': digest }),
      };
    },

    /** The server has said what time it is. */
    clockHeard(serverMs: number): void {
      offsetMs = serverMs - now();
    },
  };
}

export type Signer = ReturnType<typeof createSigner>;
