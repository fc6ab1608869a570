/**
 * The profile of RFC 9421 (HTTP Message Signatures) that terminals sign with: one signature labelled `sig`, Ed25519, over
 * method, path, query and, where there is a body, its digest (RFC 9530). Text only: who has the keys signs and verifies.
 */

/** Seconds from `created` to `expires`. */
export const SIGNATURE_LIFE_S = 60;

export interface SignatureParameters {
  /** Seconds since 1970. */
  readonly created: number;
  readonly expires: number;
  /** 128 random bits, base64url. */
  readonly nonce: string;
  /** JWK thumbprint of the public key, see contract/identity.ts. */
  readonly keyid: string;
}

/** What of a request is signed. */
export interface SignedParts {
  readonly method: string;
  /** Path and query as on the request line: `/sync/v1/pull?after=3`. */
  readonly target: string;
  /** The Content-Digest field of a request with a body, else null. */
  readonly digest: string | null;
}

/** The signature base of RFC 9421 section 2.5: components as `[name, value]`, then the parameters. */
export function signatureBase(components: readonly (readonly [string, string])[], parameters: string): string {
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  return [...lines, `"@signature-params": ${parameters}`].join('\n');
}

/** The components of a request under this profile (RFC 9421 sections 2.2.1, 2.2.6, 2.2.7). */
function componentsOf({ method, target, digest }: SignedParts): (readonly [string, string])[] {
  const question = target.indexOf('?');
  const path = question === -1 ? target : target.slice(0, question);
  const components: (readonly [string, string])[] = [
    ['@method', method],
    ['@path', path],
    // A request without a query has the query `?`.
    ['@query', question === -1 ? '?' : target.slice(question)],
  ];
  return digest === null ? components : [...components, ['content-digest', digest]];
}

function formatParameters({ created, expires, nonce, keyid }: SignatureParameters, withDigest: boolean): string {
  const covered = withDigest ? '"@method" "@path" "@query" "content-digest"' : '"@method" "@path" "@query"';
  return `(${covered});created=${created};expires=${expires};nonce="${nonce}";keyid="${keyid}";alg="ed25519"`;
}

/** What is to be signed, and the Signature-Input field that says so. */
export function toSign(
  parts: SignedParts,
  parameters: SignatureParameters,
): { readonly base: string; readonly input: string } {
  const text = formatParameters(parameters, parts.digest !== null);
  return { base: signatureBase(componentsOf(parts), text), input: `sig=${text}` };
}

const INPUT =
  /^sig=\("@method" "@path" "@query"( "content-digest")?\);created=(\d{1,12});expires=(\d{1,12});nonce="([A-Za-z0-9_-]{22})";keyid="([A-Za-z0-9_-]{43})";alg="ed25519"$/;
const SIGNATURE = /^sig=:([A-Za-z0-9+/]{86}==):$/;

/** What a request says of its own signature. */
export interface StatedSignature {
  readonly parameters: SignatureParameters;
  /** Whether Content-Digest is signed too. */
  readonly withDigest: boolean;
  /** 64 bytes, base64. */
  readonly signature: string;
}

/** Reads the fields Signature-Input and Signature. Null where they are not of this profile, to the letter. */
export function readSignature(input: string, field: string): StatedSignature | null {
  const stated = INPUT.exec(input);
  const signature = SIGNATURE.exec(field)?.[1];
  if (stated === null || signature === undefined) return null;
  const [, withDigest, created = '', expires = '', nonce = '', keyid = ''] = stated;
  const parameters = { created: Number(created), expires: Number(expires), nonce, keyid };
  return { parameters, withDigest: withDigest !== undefined, signature };
}

/** The Signature field for 64 bytes in base64. */
export function signatureField(signature: string): string {
  return `sig=:${signature}:`;
}

/** The Content-Digest field for a SHA-256 in base64. */
export function digestField(sha256: string): string {
  return `sha-256=:${sha256}:`;
}
