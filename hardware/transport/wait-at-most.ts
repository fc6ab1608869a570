import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a native module, but not for ever: one that never answers must not keep a driver from going on or stopping. */
export async function waitAtMost(ms: number, done: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  await Promise.race([done, sleep(ms, undefined, { signal: late.signal }).catch(() => {})]);
  late.abort();
}
