import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { z } from 'zod';
import { publicKeySchema, thumbprintText } from '#shared/contract/identity.ts';
import { digestField } from '#shared/identity/message-signature.ts';

/** An Ed25519 key pair as `d` and `x` of a JWK (RFC 8037), and when it was made, milliseconds since 1970. */
export const terminalKeySchema = z.object({
  d: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  x: publicKeySchema,
  madeMs: z.int(),
});
export type TerminalKey = z.infer<typeof terminalKeySchema>;

const jwkSchema = z.object({ d: z.string(), x: z.string() });

export function makeKey(nowMs: number): TerminalKey {
  const { d, x } = jwkSchema.parse(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
  return { d, x, madeMs: nowMs };
}

/** The key's `keyid` (contract/identity.ts). */
export function keyidOf({ x }: TerminalKey): string {
  return createHash('sha256').update(thumbprintText(x)).digest('base64url');
}

/** 64 bytes over the text in UTF-8 (RFC 8032). */
export function signText({ d, x }: TerminalKey, text: string): Buffer {
  return sign(null, Buffer.from(text), createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', d, x } }));
}

/** The Content-Digest field of a body; a text is taken in UTF-8. */
export function digestOf(body: string | Uint8Array): string {
  return digestField(createHash('sha256').update(body).digest('base64'));
}
