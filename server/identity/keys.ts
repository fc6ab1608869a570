import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { thumbprintText } from '#shared/contract/identity.ts';
import { digestField } from '#shared/identity/message-signature.ts';

/** The `keyid` of a public key (contract/identity.ts). */
export function keyidOf(publicKey: string): string {
  return createHash('sha256').update(thumbprintText(publicKey)).digest('base64url');
}

/** Null where the 32 bytes are no key that can be verified with. */
function keyObject(publicKey: string): KeyObject | null {
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } });
  } catch {
    return null;
  }
}

/** Whether the signature over the text is by this key (Ed25519, RFC 8032). */
export function isSignedBy(
  publicKey: string,
  text: string,
  signature: string,
  encoding: 'base64' | 'base64url',
): boolean {
  const key = keyObject(publicKey);
  return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, encoding));
}

/** The Content-Digest field of a body. */
export function digestOf(body: Buffer): string {
  return digestField(createHash('sha256').update(body).digest('base64'));
}
