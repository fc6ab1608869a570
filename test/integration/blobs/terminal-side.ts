import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { createBlobLink } from '#electron/core/sync/blob-link.ts';
import { createBlobQueue } from '#electron/core/sync/blob-queue.ts';
import { type BlobTransferDeps, createBlobTransfer } from '#electron/core/sync/blob-transfer.ts';
import { createBlobFiles } from '#electron/store/blob-files.ts';
import type { BlobHash } from '#shared/contract/blobs.ts';

export const realSleep = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }).catch(() => {});

type Options = Partial<BlobTransferDeps> & {
  readonly quotaBytes?: number;
  /** Each request before it is made: where it begins. */
  readonly onAsking?: (first: number) => void;
};

/** A terminal's files and its transfer, in a folder of its own. It waits only a little. */
export function terminalSide(url: string, folder: string, options: Options = {}) {
  const { quotaBytes = 1e9, onAsking, ...deps } = options;
  const log = pino({ level: 'silent' });
  const files = createBlobFiles({ folder: join(folder, 'blobs'), quotaBytes, keepFreeBytes: 0, freeBytes: () => 1e12 });
  const queue = createBlobQueue(join(folder, 'queue'), log);
  const arrived: BlobHash[] = [];
  const sent: BlobHash[] = [];
  let changed = () => {};
  const link = createBlobLink({
    url,
    fetch(target, init) {
      const headers = new Headers(init.headers);
      headers.set('x-terminal', 'LD-1');
      onAsking?.(Number(/\d+/.exec(headers.get('range') ?? '0')?.[0]));
      return fetch(target, { ...init, headers });
    },
  });
  const transfer = createBlobTransfer({
    link,
    files,
    queue,
    delays: { line: { first: 1, longest: 4 }, blob: { first: 1, longest: 4 }, idle: 2000 },
    bytesPerSecond: null,
    monotonic: () => performance.now(),
    random: Math.random,
    sleep: realSleep,
    onArrived(hash) {
      arrived.push(hash);
      changed();
    },
    onSent(hash) {
      sent.push(hash);
      changed();
    },
    log,
    ...deps,
  });

  return {
    files,
    queue,
    transfer,
    arrived,
    sent,

    /** Resolves when nothing is to be transferred any more. */
    async done(): Promise<void> {
      while (queue.list().length > 0) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
    },

    async bytes(hash: BlobHash): Promise<Buffer> {
      return Buffer.from(await files.read(hash, 0, files.length(hash) ?? 0));
    },
  };
}
