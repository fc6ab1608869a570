import type { SigningKey } from '#shared/contract/releases.ts';
import { err, ok, type Result } from '#shared/result.ts';

/**
 * A reviewer's signing key, made and used in the browser only (Web Cryptography API, with Ed25519 as in "Secure Curves in the
 * Web Cryptography API"). What leaves it is sealed: PKCS #8 under AES-256-GCM, by a key that PBKDF2-SHA-256 makes of a passphrase.
 */

/** OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256. */
const ROUNDS = 600_000;

type Wrapped = SigningKey['wrapped'];

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const toHex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function keyFrom(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  const raw = new TextEncoder().encode(passphrase.normalize('NFC'));
  const base = await crypto.subtle.importKey('raw', raw, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** A new key, as the server keeps it. */
export async function makeKey(passphrase: string): Promise<Pick<SigningKey, 'publicKey' | 'wrapped'>> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('Ed25519 makes pairs');
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', pair.privateKey);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyFrom(passphrase, salt, ROUNDS), pkcs8);
  return {
    publicKey: toHex(await crypto.subtle.exportKey('raw', pair.publicKey)),
    wrapped: {
      salt: toBase64(salt),
      iv: toBase64(iv),
      rounds: ROUNDS,
      sealed: toBase64(new Uint8Array(sealed)),
    },
  };
}

/** The signature over a text, hex; or that the passphrase is another one. */
export async function signWith(
  wrapped: Wrapped,
  passphrase: string,
  text: string,
): Promise<Result<string, 'wrong-passphrase'>> {
  let pkcs8: ArrayBuffer;
  try {
    const key = await keyFrom(passphrase, fromBase64(wrapped.salt), wrapped.rounds);
    const iv = fromBase64(wrapped.iv);
    pkcs8 = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, fromBase64(wrapped.sealed));
  } catch {
    return err('wrong-passphrase');
  }
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return ok(toHex(await crypto.subtle.sign('Ed25519', key, new TextEncoder().encode(text))));
}

/** Whether the browser can sign here: only over https, and on this very machine. */
export const canSign = (): boolean => globalThis.isSecureContext;
