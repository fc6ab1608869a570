import type { ServerDatabase } from '../store/database.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { isSignedBy, readRoot } from './metadata.ts';
import type { OnlineKeys } from './online-keys.ts';
import { newestRoot, onlineState, putMetadata, signAnew } from './repository.ts';

export type RootFault =
  /** Not root metadata at all. */
  | 'no-root'
  /** Not the one after the newest here. */
  | 'wrong-version'
  /** Not signed by its own keys, or not by those of the one before. */
  | 'unsigned'
  | 'expired'
  /** It does not name this server's keys for snapshot and timestamp. */
  | 'other-server';

/** Takes a root that the ceremony made (docs/releases.md), the first one or the next. It is served from now on. */
export function installRoot(
  { exclusive }: ServerDatabase,
  keys: OnlineKeys,
  nowMs: number,
  text: string,
): Promise<Result<{ readonly version: number }, RootFault>> {
  return exclusive(async (transaction) => {
    let root: ReturnType<typeof readRoot>;
    try {
      root = readRoot(text);
    } catch {
      return err('no-root');
    }
    const before = await newestRoot(transaction);
    const { version, roles } = root.signed;
    if (version !== (before?.root.signed.version ?? 0) + 1) return err('wrong-version');
    if (!isSignedBy(root, 'root', root)) return err('unsigned');
    if (before !== null && !isSignedBy(before.root, 'root', root)) return err('unsigned');
    if (root.signed.isExpired(new Date(nowMs))) return err('expired');
    const names = (role: 'snapshot' | 'timestamp') => roles[role]?.keyIDs.includes(keys[role].keyid) === true;
    if (!names('snapshot') || !names('timestamp')) return err('other-server');
    await putMetadata(transaction, { [`${version}.root.json`]: text });
    if ((await onlineState(transaction)) !== null) await signAnew(transaction, { nowMs, keys });
    return ok({ version });
  });
}
