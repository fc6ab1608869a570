import type { KioskView } from '#shared/contract/kiosk.ts';
import type { Ledger } from '../ledger.ts';
import type { Log } from '../log.ts';
import { backoffMs, type BackoffDelays } from './backoff.ts';
import { createExchange } from './exchange.ts';
import type { ServerLink } from './server-link.ts';

export interface SyncDelays {
  /** Asks again after this long without a poke. */
  readonly poll: number;
  readonly backoff: BackoffDelays;
}

export const SYNC_DELAYS: SyncDelays = { poll: 60_000, backoff: { first: 500, longest: 60_000 } };

export interface SyncDeps {
  readonly ledger: Ledger;
  readonly link: ServerLink;
  readonly delays: SyncDelays;
  /** Milliseconds since 1970, uncorrected. */
  readonly now: () => number;
  /** Milliseconds that only ever go forward. */
  readonly monotonic: () => number;
  readonly random: () => number;
  /** Resolves after `ms`, or at once when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onStatus: (status: KioskView['sync']) => void;
  /** The server has other leaflets. */
  readonly onContent?: () => void;
  readonly log: Log;
}

/** A server that wishes for a longer pause is asked again all the same; timers beyond 24 days fire at once. */
const LONGEST_WISH_MS = 3_600_000;

/**
 * One exchange at a time, for ever: then wait for a new local event, a poke or the poll. A failure waits longer each
 * time; a poke (the server is back) ends the wait.
 */
export function createSync({
  ledger,
  link,
  delays,
  now,
  monotonic,
  random,
  sleep,
  onStatus,
  onContent,
  log,
}: SyncDeps) {
  const stopping = new AbortController();
  let wake = () => {};
  let woken = false;
  let lastMs: number | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let state: KioskView['sync']['state'] = 'never';

  function report(next: KioskView['sync']['state']): void {
    const { n, acked } = ledger.head();
    state = next;
    onStatus({ state: next, unsent: n - acked, lastMs });
  }

  function poke(): void {
    woken = true;
    wake();
  }

  const exchange = createExchange({
    ledger,
    link,
    monotonic,
    onSending() {
      if (state !== 'saved-here') report('sending');
    },
    log,
  });

  async function waitForWork(ms: number): Promise<void> {
    if (woken) return;
    const waiting = new AbortController();
    wake = () => waiting.abort();
    await sleep(ms, AbortSignal.any([waiting.signal, stopping.signal]));
    wake = () => {};
  }

  async function exchangeForever(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      woken = false;
      const fault = await exchange(stopping.signal);
      if (stopping.signal.aborted) return;
      if (fault === null) {
        failures = 0;
        lastMs = now();
        report('synced');
        await waitForWork(delays.poll);
        continue;
      }
      failures += 1;
      log.warn({ fault, failures }, 'no exchange with the server');
      report('saved-here');
      const wish = fault.kind === 'busy' ? Math.min(fault.retryAfterMs ?? 0, LONGEST_WISH_MS) : 0;
      await waitForWork(Math.max(wish, backoffMs(failures, delays.backoff, random)));
    }
  }

  async function listenForever(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const fault = await link.listen((about) => {
        failures = 0;
        if (about === 'content') onContent?.();
        else poke();
      }, stopping.signal);
      if (stopping.signal.aborted) return;
      failures += 1;
      log.debug({ fault, failures }, 'the poke stream ended');
      // A stream that breaks is the first to know that the server went away: ask, so that the screen is honest.
      if (state === 'synced') poke();
      await sleep(backoffMs(failures, delays.backoff, random), stopping.signal);
    }
  }

  return {
    start(): void {
      running = Promise.all([exchangeForever(), listenForever()]);
    },

    /**
     * There is a new local event: from now on it counts as unsent. While the server is away this does not shorten the
     * wait.
     */
    localEvent(): void {
      report(state === 'synced' ? 'sending' : state);
      if (state !== 'saved-here') poke();
    },

    /** Resolves when nothing of it runs any more. */
    async stop(): Promise<void> {
      stopping.abort();
      wake();
      await running;
    },
  };
}
