import { z } from 'zod';
import { stationCodeSchema, terminalIdSchema } from '../ledger/event.ts';

/**
 * How a terminal becomes known, and how it is known again. Both calls are JSON and signed like every request of a terminal
 * (identity/message-signature.ts): `enrol` with the key that it brings, `rotate` with the key that is in use.
 */
export const IDENTITY_PATHS = { enrol: '/identity/v1/enrol', rotate: '/identity/v1/rotate' } as const;

/** Bytes of a body of these calls beyond which the server answers 413. */
export const MAX_IDENTITY_BYTES = 4096;

/** An Ed25519 public key: its 32 bytes in base64url, as `x` of a JWK (RFC 8037). */
export const publicKeySchema = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);

/** The text whose SHA-256 in base64url is the key's `keyid`: its JWK thumbprint (RFC 7638, RFC 8037 appendix A.3). */
export function thumbprintText(publicKey: string): string {
  return `{"crv":"Ed25519","kty":"OKP","x":"${publicKey}"}`;
}

/** No two of these are taken for each other on a screen, on paper or over the telephone's bad line. */
export const CODE_ALPHABET = '34679ACDEFGHJKMNPQRTUWXY';
export const CODE_LENGTH = 8;
const CODE = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`);

/** A code as it was typed: small letters, blanks and dashes are forgiven. Null where it can be none. */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  return CODE.test(code) ? code : null;
}

export const enrolRequestSchema = z.object({
  /** As it was typed. */
  code: z.string().max(40),
  publicKey: publicKeySchema,
  /** What people call the machine. */
  device: z.string().max(60),
  /** Who keeps the private key: the operating system's key store, or a file that only the terminal's user may read. */
  keyStore: z.enum(['os', 'file']),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

/** What the server makes of the device. Sent again as it was if the same key asks again with the same code. */
export const enrolResponseSchema = z.object({
  terminal: terminalIdSchema,
  station: stationCodeSchema,
  /** 64 hex digits, the same at every station of the community. */
  communityKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** SHA-256, hex, of the word that the server says when it revokes this terminal: only that makes it wipe itself. */
  revocation: z.string().regex(/^[0-9a-f]{64}$/),
  /** JSON text of the newest TUF root: where trust in leaflets begins. Left out before the root ceremony. */
  contentRoot: z.string().max(200_000).optional(),
});
export type EnrolResponse = z.infer<typeof enrolResponseSchema>;

/** Why a code was not taken. */
export const enrolRefusalSchema = z.enum([
  'wrong-code',
  'used-code',
  'expired-code',
  /** Of this address, or of all together: 429. */
  'too-many-tries',
  /** The server itself has not been given the community's key yet: 503, and the code stays good. */
  'no-community-key',
]);
export type EnrolRefusal = z.infer<typeof enrolRefusalSchema>;

export const rotateRequestSchema = z.object({
  publicKey: publicKeySchema,
  /** The new key's Ed25519 signature over `rotationText`, base64url: whoever rotates has the new key. */
  proof: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type RotateRequest = z.infer<typeof rotateRequestSchema>;

export const rotateResponseSchema = z.object({ keyid: z.string() });

/** What the new key signs: which key takes over from which. */
export function rotationText(oldKeyid: string, newKeyid: string): string {
  return `red-sail-station rotate ${oldKeyid} ${newKeyid}`;
}

/** Why a signed request was not listened to. All 401, but `revoked-terminal`: 403. */
export const signatureRefusalSchema = z.enum([
  /** No terminal has this key. */
  'unknown-terminal',
  /** No signature, not one of this profile, not by this key, or not over this request. */
  'bad-signature',
  /** Signed too long ago, in the future, or before the server started. `serverTime` is in the answer. */
  'stale-request',
  /** Heard before. */
  'replayed-request',
  /** `revocation` is in the answer: the word whose hash came with the enrolment. */
  'revoked-terminal',
]);
export type SignatureRefusal = z.infer<typeof signatureRefusalSchema>;
