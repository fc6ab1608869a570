import { pino } from 'pino';
import { enrol, newNonce } from '#electron/core/identity/enrol.ts';
import type { KeyRing, KeyStore } from '#electron/core/identity/key-store.ts';
import { createSigner } from '#electron/core/identity/signer.ts';
import { createSigningFetch, type Fetch } from '#electron/core/identity/signing-fetch.ts';
import { signInAtConsole } from '../demo/console-client.ts';
import type { World } from '../demo/world.ts';

const log = pino({ level: 'silent' });

function keysInMemory(): KeyStore {
  let ring: KeyRing | null = null;
  return {
    kind: 'file',
    read: () => ring,
    write(next) {
      ring = next;
    },
    clear() {
      ring = null;
    },
  };
}

/** Makes this process a terminal of a station, as an admin and a device would, and gives its way to the server. */
export async function becomeTerminal(
  { url, adminPassword }: World['server'],
  station: string,
): Promise<{ id: string; fetch: Fetch }> {
  const { terminals } = await signInAtConsole(url, 'admin', adminPassword);
  const { code } = await terminals.issueCode({ station });
  const keys = keysInMemory();
  const asked = await enrol({ keys, serverUrl: url, code, device: 'kills', fetch, now: Date.now, log });
  if (!asked.ok) throw new Error(`not enrolled: ${JSON.stringify(asked.error)}`);
  const signer = createSigner({
    key() {
      const ring = keys.read();
      if (ring === null) throw new Error('enrolled without a key');
      return ring.current;
    },
    now: Date.now,
    newNonce,
  });
  const onRevoked = () => {};
  const { terminal: id, revocation } = asked.value;
  return { id, fetch: createSigningFetch({ fetch, signer, revocation, onRevoked, log }) };
}
