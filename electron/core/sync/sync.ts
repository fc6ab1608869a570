import type { KioskView } from '#shared/contract/kiosk.ts';
import { MAX_PAGE_EVENTS } from '#shared/contract/sync.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { Ledger } from '../ledger.ts';
import type { Log } from '../log.ts';
import { backoffMs, type BackoffDelays } from './backoff.ts';
import type { LinkFault, ServerLink } from './server-link.ts';

export interface SyncDelays {
  /** Asks again after this long without a poke. */
  readonly poll: number;
  readonly backoff: BackoffDelays;
}

export const SYNC_DELAYS: SyncDelays = { poll: 60_000, backoff: { first: 500, longest: 60_000 } };

/** JSON characters in one push at most, well under the server's limit of 1 MiB in bytes even if all were Chinese. */
const PAGE_CHARACTERS = 300_000;

export interface SyncDeps {
  readonly ledger: Ledger;
  readonly link: ServerLink;
  readonly delays: SyncDelays;
  /** Milliseconds since 1970, uncorrected. */
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after `ms`, or at once when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onStatus: (status: KioskView['sync']) => void;
  readonly log: Log;
}

/** A clock outside of these is no clock, whoever's it is: from 2020 to 2100, milliseconds since 1970. */
const EARLIEST_MS = Date.UTC(2020, 0);
const LATEST_MS = Date.UTC(2100, 0);

/** A server that wishes for a longer pause is asked again all the same; timers beyond 24 days fire at once. */
const LONGEST_WISH_MS = 3_600_000;

/** Besides the link, the own disk can fail; both are waited out. */
type SyncFault = LinkFault | { readonly kind: 'disk'; readonly detail: string };

/** The longest run from the front that fits a page. */
function pageOf(events: readonly LedgerEvent[]): LedgerEvent[] {
  const page: LedgerEvent[] = [];
  let characters = 0;
  for (const event of events) {
    characters += JSON.stringify(event).length;
    if (page.length > 0 && characters > PAGE_CHARACTERS) break;
    page.push(event);
  }
  return page;
}

/**
 * One exchange at a time, for ever: push what the server lacks, pull what it has, then wait for a new local event, a
 * poke or the poll. A failure waits longer each time; a poke (the server is back) ends the wait.
 */
export function createSync({ ledger, link, delays, now, random, sleep, onStatus, log }: SyncDeps) {
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

  /** Null when all is sent, or what stood in the way. */
  async function push(): Promise<LinkFault | null> {
    for (;;) {
      const page = pageOf(ledger.unsent(MAX_PAGE_EVENTS));
      if (page.length === 0) return null;
      if (state !== 'saved-here') report('sending');
      const before = ledger.head().acked;
      const sentAt = now();
      const answer = await link.push(page, stopping.signal);
      if (!answer.ok) return answer.error;
      for (const refused of answer.value.refused) {
        log.error({ event: page[refused.index]?.id, code: refused.code }, 'the server refused an event');
      }
      settle(answer.value.acked, answer.value.serverTime, sentAt);
      if (ledger.head().acked > before) continue;
      const [first] = answer.value.refused;
      return first === undefined
        ? { kind: 'nonsense', detail: 'the server neither took nor refused what was sent' }
        : { kind: 'refused', status: 200, code: first.code };
    }
  }

  async function pull(): Promise<LinkFault | null> {
    for (;;) {
      const sentAt = now();
      const answer = await link.pull(ledger.head().cursor, stopping.signal);
      if (!answer.ok) return answer.error;
      const { events, cursor, more, serverTime } = answer.value;
      const before = ledger.head().cursor;
      // More behind a cursor that does not move would be asked for without end.
      if (more && cursor <= before) return { kind: 'nonsense', detail: 'there is more, but the cursor does not move' };
      // First the clock, by which events from the far future are told.
      settle(ledger.head().acked, serverTime, sentAt);
      if (events.length > 0 || cursor !== before) ledger.takeIn(events, cursor);
      if (!more) return null;
    }
  }

  /** The server's clock is taken to have been read halfway between question and answer. */
  function settle(acked: number, serverTime: number, sentAt: number): void {
    const plausible = serverTime >= EARLIEST_MS && serverTime <= LATEST_MS;
    const offset = plausible ? Math.round(serverTime - (sentAt + now()) / 2) : ledger.head().offsetMs;
    ledger.acknowledge(acked, offset);
  }

  async function exchange(): Promise<SyncFault | null> {
    try {
      return (await push()) ?? (await pull());
    } catch (error) {
      return { kind: 'disk', detail: String(error) };
    }
  }

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
      const fault = await exchange();
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
      const fault = await link.listen(() => {
        failures = 0;
        poke();
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
