import { z } from 'zod';
import { err, ok, type Result } from '#shared/result.ts';
import { readRoot, signRoot } from './metadata.ts';
import { keyidOf, type OnlineKey, type OnlineKeys, tufKey } from './online-keys.ts';

/** What is done at the root ceremony, on a computer that is not on the network (docs/releases.md). */

const publicKeySchema = z.string().regex(/^[0-9a-f]{64}$/);

/** What the server gives to the ceremony: raw Ed25519 public keys, hex. Public. */
export const serverKeysSchema = z.object({ snapshot: publicKeySchema, timestamp: publicKeySchema });
export type ServerKeys = z.infer<typeof serverKeysSchema>;

export function serverKeysOf({ snapshot, timestamp }: OnlineKeys): ServerKeys {
  return { snapshot: snapshot.key.keyval.public, timestamp: timestamp.key.keyval.public };
}

export interface CeremonyParts {
  readonly nowMs: number;
  /** The root's own keys from now on. */
  readonly rootKeys: readonly OnlineKey[];
  /** Approvers' raw public keys, hex. */
  readonly approvers: readonly string[];
  readonly server: ServerKeys;
  /** The root before this one and its keys; null: this is the first. */
  readonly before: { readonly text: string; readonly keys: readonly OnlineKey[] } | null;
}

const named = (publicKey: string) => ({ keyid: keyidOf(tufKey(publicKey)), key: tufKey(publicKey) });

/** The next root, signed by its own keys and by those of the one before. `before`: that is no root, or not of these keys. */
export function holdCeremony(
  parts: CeremonyParts,
): Result<{ readonly version: number; readonly text: string }, 'before'> {
  const { nowMs, rootKeys, approvers, server, before } = parts;
  let version = 1;
  if (before !== null) {
    try {
      const root = readRoot(before.text).signed;
      const known = new Set(root.roles['root']?.keyIDs);
      if (!before.keys.some(({ keyid }) => known.has(keyid))) return err('before');
      version = root.version + 1;
    } catch {
      return err('before');
    }
  }
  const signers = new Map([...rootKeys, ...(before?.keys ?? [])].map((key) => [key.keyid, key]));
  const text = signRoot(
    {
      version,
      nowMs,
      roles: {
        root: rootKeys.map(({ keyid, key }) => ({ keyid, key })),
        targets: approvers.map(named),
        snapshot: [named(server.snapshot)],
        timestamp: [named(server.timestamp)],
      },
    },
    [...signers.values()],
  );
  return ok({ version, text });
}
