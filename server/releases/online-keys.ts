import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson, sha256Text } from '#shared/ledger/chain.ts';

/** The roles that the server signs by itself. */
export const ONLINE_ROLES = ['snapshot', 'timestamp', 'stations'] as const;
export type OnlineRole = (typeof ONLINE_ROLES)[number];

/** A public key as TUF metadata have it (TUF 1.0.31, section 4.2). */
export interface TufKey {
  readonly keytype: 'ed25519';
  readonly scheme: 'ed25519';
  readonly keyval: { readonly public: string };
}

export interface OnlineKey {
  readonly keyid: string;
  readonly key: TufKey;
  /** Ed25519, hex. */
  readonly sign: (bytes: Buffer) => string;
}

export type OnlineKeys = Readonly<Record<OnlineRole, OnlineKey>>;

/** By the raw public key, hex. */
export function tufKey(publicKey: string): TufKey {
  return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: publicKey } };
}

/** SHA-256, hex, of the key's canonical JSON: as TUF names keys. */
export function keyidOf(key: TufKey): string {
  return sha256Text(canonicalJson(key));
}

/** The raw 32 bytes of an Ed25519 key, hex. In SPKI they are the last ones (RFC 8410, section 4). */
function rawPublicKey(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
}

/** A private key that signs as TUF wants it. */
export function onlineKey(privateKey: KeyObject): OnlineKey {
  const key = tufKey(rawPublicKey(privateKey));
  return { keyid: keyidOf(key), key, sign: (bytes) => sign(null, bytes, privateKey).toString('hex') };
}

/** PKCS #8 in base64, by role. */
const fileSchema = z.record(z.enum(ONLINE_ROLES), z.string());

function newKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}

/** The server's own keys from a file that only it may read; made where there is none. Throws where the file is something else. */
export function openOnlineKeys(path: string): OnlineKeys {
  if (!existsSync(path)) {
    const made = Object.fromEntries(ONLINE_ROLES.map((role) => [role, newKey()]));
    writeFileSync(`${path}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
  }
  const file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const read = (role: OnlineRole) =>
    onlineKey(createPrivateKey({ key: Buffer.from(file[role], 'base64'), format: 'der', type: 'pkcs8' }));
  return { snapshot: read('snapshot'), timestamp: read('timestamp'), stations: read('stations') };
}
