import { createCipheriv, generateKeyPairSync, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { SigningKey } from '#shared/contract/releases.ts';
import type { Server } from '../create-server.ts';
import { holdCeremony, serverKeysOf } from '../releases/ceremony.ts';
import { installRoot } from '../releases/installation.ts';
import { onlineKey } from '../releases/online-keys.ts';

/** As the console's page wraps a key (renderer/console/releases/signing-key.ts). */
const ROUNDS = 600_000;

function wrap(pkcs8: Buffer, passphrase: string): SigningKey['wrapped'] {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', pbkdf2Sync(passphrase, salt, ROUNDS, 32, 'sha256'), iv);
  const sealed = Buffer.concat([cipher.update(pkcs8), cipher.final(), cipher.getAuthTag()]);
  return {
    salt: salt.toString('base64'),
    iv: iv.toString('base64'),
    rounds: ROUNDS,
    sealed: sealed.toString('base64'),
  };
}

/**
 * The demo's root ceremony and its first release, signed by `reviewer`, whose passphrase is the demo's password. The root's
 * key is thrown away: a demo needs no second root. Nothing is done where there is a root already.
 */
export async function publishFirstRelease(server: Server, passphrase: string, now: () => number): Promise<void> {
  const { releases, signingKeys, contentKeys, database } = server;
  const prepared = await releases.prepare();
  if (prepared.ok || prepared.error !== 'no-root') return;
  const { privateKey } = generateKeyPairSync('ed25519');
  const approver = onlineKey(privateKey);
  const publicKey = approver.key.keyval.public;
  const ceremony = holdCeremony({
    nowMs: now(),
    rootKeys: [onlineKey(generateKeyPairSync('ed25519').privateKey)],
    approvers: [publicKey],
    server: serverKeysOf(contentKeys),
    before: null,
  });
  if (!ceremony.ok) throw new Error('a first ceremony has nothing before it');
  const installed = await installRoot(database, contentKeys, now(), ceremony.value.text);
  if (!installed.ok) throw new Error(`the demo's root was not taken: ${installed.error}`);
  const wrapped = wrap(privateKey.export({ type: 'pkcs8', format: 'der' }), passphrase);
  await signingKeys.save('reviewer', { publicKey, wrapped });
  const first = await releases.prepare();
  if (!first.ok) return;
  const { hash, toSign } = first.value;
  const signature = approver.sign(Buffer.from(toSign));
  const published = await releases.publish('reviewer', { hash, keyid: approver.keyid, signature, waves: [] });
  if (!published.ok) throw new Error(`the demo's first release was not taken: ${published.error}`);
}
