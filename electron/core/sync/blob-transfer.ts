import type { BlobHash } from '#shared/contract/blobs.ts';
import type { BlobFiles } from '#electron/store/blob-files.ts';
import type { Log } from '../log.ts';
import { backoffMs, type BackoffDelays } from './backoff.ts';
import { type BlobFault, createBlobExchange } from './blob-exchange.ts';
import { createLine, type LineDeps } from './blob-line.ts';
import type { BlobLink } from './blob-link.ts';
import type { BlobEntry, BlobQueue } from './blob-queue.ts';

export interface BlobDelays {
  /** While the server is away. */
  readonly line: BackoffDelays;
  /** For a blob that can't be had or sent; others go on. */
  readonly blob: BackoffDelays;
  readonly idle: number;
}

export const BLOB_DELAYS: BlobDelays = {
  line: { first: 500, longest: 60_000 },
  blob: { first: 5000, longest: 3_600_000 },
  idle: 15_000,
};

export interface BlobTransferDeps extends Omit<LineDeps, 'idleMs'> {
  readonly link: BlobLink;
  readonly files: BlobFiles;
  readonly queue: BlobQueue;
  readonly delays: BlobDelays;
  /** 0 to 1. */
  readonly random: () => number;
  /** Bytes of a blob that have come or gone so far. */
  readonly onProgress?: (entry: BlobEntry, bytes: number) => void;
  /** It is here, verified. Told again after a crash at this moment. */
  readonly onArrived?: (hash: BlobHash) => void;
  /** The server has it whole. Told again after a crash at this moment. */
  readonly onSent?: (hash: BlobHash) => void;
  readonly log: Log;
}

/** A server that wishes for a longer pause is asked again all the same; timers beyond 24 days fire at once. */
const LONGEST_WISH_MS = 3_600_000;
const NOTHING_TO_DO_MS = 3_600_000;

/** Whether no other blob would fare better now. 507: the server has no room for this one. */
function concernsLine(fault: BlobFault): boolean {
  if (fault.kind === 'busy') return fault.status !== 507;
  if (fault.kind === 'refused') return fault.status === 401 || fault.status === 403;
  return fault.kind === 'unreachable';
}

function wishOf(fault: BlobFault): number {
  return fault.kind === 'busy' ? Math.min(fault.retryAfterMs ?? 0, LONGEST_WISH_MS) : 0;
}

/**
 * Brings blobs to the server and from it, one at a time, for ever: each is tried until it is where it should be. What was
 * cut goes on where it was, also after a crash.
 */
export function createBlobTransfer(deps: BlobTransferDeps) {
  const { link, files, queue, delays, monotonic, random, sleep, log } = deps;
  const stopping = new AbortController();
  /** Blobs that went wrong by themselves: how often in a row, and when they are tried again. */
  const troubles = new Map<string, { readonly failures: number; readonly dueAt: number }>();
  let wake = () => {};
  let woken = false;
  let running: Promise<void> = Promise.resolve();
  let moved = false;

  const exchange = createBlobExchange({
    link,
    files,
    line: createLine({ ...deps, idleMs: delays.idle }),
    onProgress(entry, bytes) {
      moved = true;
      deps.onProgress?.(entry, bytes);
    },
  });

  function nudge(): void {
    woken = true;
    wake();
  }

  async function rest(ms: number): Promise<void> {
    if (woken) return;
    const waiting = new AbortController();
    wake = () => waiting.abort();
    await sleep(ms, AbortSignal.any([waiting.signal, stopping.signal]));
    wake = () => {};
  }

  const keyOf = ({ way, hash }: BlobEntry) => `${way} ${hash}`;
  const dueAt = (entry: BlobEntry) => troubles.get(keyOf(entry))?.dueAt ?? Number.NEGATIVE_INFINITY;

  function settle({ way, hash, length }: BlobEntry): void {
    troubles.delete(`${way} ${hash}`);
    // Asked anew: it may have been wanted here while it was on its way.
    if (way === 'out' && queue.get(way, hash)?.keep === false) files.delete(hash);
    queue.remove({ way, hash });
    log.info({ way, hash, bytes: length }, 'a blob is where it should be');
    if (way === 'in') deps.onArrived?.(hash);
    else deps.onSent?.(hash);
  }

  /** How long to leave the line alone. */
  function afterFault(entry: BlobEntry, fault: BlobFault, lineFailures: number): number {
    const { way, hash } = entry;
    if (concernsLine(fault)) {
      log.debug({ way, hash, fault, failures: lineFailures }, 'no blob can be transferred now');
      return Math.max(wishOf(fault), backoffMs(lineFailures, delays.line, random));
    }
    const failures = (troubles.get(keyOf(entry))?.failures ?? 0) + 1;
    const pause = Math.max(wishOf(fault), backoffMs(failures, delays.blob, random));
    troubles.set(keyOf(entry), { failures, dueAt: monotonic() + pause });
    log.warn({ way, hash, fault, failures }, 'a blob could not be transferred');
    return 0;
  }

  /** One turn: a blob is carried, or nothing is to be done. How many faults of the line there were in a row after it. */
  async function transferNext(lineFailures: number): Promise<number> {
    const entries = queue.list();
    const entry = entries.find((each) => dueAt(each) <= monotonic());
    if (entry === undefined) {
      await rest(Math.min(NOTHING_TO_DO_MS, ...entries.map((each) => dueAt(each) - monotonic())));
      return lineFailures;
    }
    moved = false;
    const fault = await exchange(entry, stopping.signal);
    if (stopping.signal.aborted) return lineFailures;
    if (queue.get(entry.way, entry.hash) === null) {
      // Dropped on its way.
      if (queue.get('out', entry.hash) === null) files.delete(entry.hash);
      return lineFailures;
    }
    if (fault === null) {
      settle(entry);
      return 0;
    }
    // Who gets ahead a little each time has no reason to wait longer each time.
    const before = moved || !concernsLine(fault) ? 0 : lineFailures;
    const failures = concernsLine(fault) ? before + 1 : before;
    const pause = afterFault(entry, fault, failures);
    if (pause > 0) await rest(pause);
    return failures;
  }

  async function transferForever(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted;) {
      woken = false;
      try {
        failures = await transferNext(failures);
      } catch (error) {
        // A disk that refuses: what is noted stays noted and is tried again. The terminal lends on.
        failures += 1;
        log.error({ err: error, failures }, 'a blob can’t be written down here');
        await rest(backoffMs(failures, delays.line, random));
      }
    }
  }

  return {
    start(): void {
      running = transferForever();
    },

    /** The blob is to come here; on the disk when it returns. */
    want(hash: BlobHash, length: number): void {
      const out = queue.get('out', hash);
      if (out !== null) queue.replace({ ...out, keep: true });
      queue.add({ way: 'in', hash, length, keep: true });
      nudge();
    },

    /** A blob of this terminal's is to go to the server; `keep`: and to stay here, too. On the disk when it returns. */
    send(hash: BlobHash, keep: boolean): void {
      const length = files.length(hash);
      if (length === null) throw new Error(`there is no blob ${hash} to send`);
      queue.add({ way: 'out', hash, length, keep });
      nudge();
    },

    /** The blob is not needed here any more. One that the server does not have yet stays until it has. */
    drop(hash: BlobHash): void {
      queue.remove({ way: 'in', hash });
      troubles.delete(`in ${hash}`);
      const out = queue.get('out', hash);
      if (out === null) files.delete(hash);
      else queue.replace({ ...out, keep: false });
    },

    /** What is still to come and to go. */
    pending: (): BlobEntry[] => queue.list(),

    /** The server is back: no need to wait. */
    serverBack: nudge,

    /** Resolves when nothing of it runs any more. */
    async stop(): Promise<void> {
      stopping.abort();
      wake();
      await running;
    },
  };
}

export type BlobTransfer = ReturnType<typeof createBlobTransfer>;
