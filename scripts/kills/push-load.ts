import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { NDJSON, writeLines } from '#shared/contract/ndjson.ts';
import {
  MAX_PAGE_EVENTS,
  type PushHeader,
  type PushResponse,
  pushResponseSchema,
  SYNC_PATHS,
} from '#shared/contract/sync.ts';
import { canonicalJson, CHAIN_EMPTY, type ChainHead, sha256Text } from '#shared/ledger/chain.ts';
import { formatHlc, type Hlc, HLC_ZERO, tick } from '#shared/ledger/clock.ts';
import type { EventDraft, LedgerEvent } from '#shared/ledger/event.ts';
import type { Fetch } from '#electron/core/identity/signing-fetch.ts';
import { pick } from './seeded.ts';

/** An event as it was sent, and its link. */
export interface SentEvent {
  readonly event: LedgerEvent;
  readonly json: string;
  readonly hash: string;
}

const BORROWER = '5e'.repeat(32);
/** Most new events in one push. */
const MOST_AT_ONCE = 12;
/** One in so many is of a scope that its subject has not: it goes into quarantine and keeps its place. */
const ONE_REFUSED_IN = 60;
/** Keeps a minute's requests under what the server takes from one address (create-server.ts), milliseconds. */
const PAUSE_MS = 14;
const AWAY_PAUSE_MS = 40;
const ANSWER_MS = 10_000;
/** What the server may answer while it, or its database, is coming back. */
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503]);

export interface PushLoadDeps {
  readonly serverUrl: string;
  readonly station: string;
  readonly id: string;
  /** Signs. */
  readonly fetch: Fetch;
  /** Keys of items that this terminal lends. */
  readonly items: readonly string[];
  readonly random: () => number;
}

/** A terminal without a kiosk: writes a chain of its own and pushes it as fast as the server answers. */
export function startPushLoad({ serverUrl, station, id, fetch, items, random }: PushLoadDeps) {
  const log: SentEvent[] = [];
  const loans = new Map<string, string>();
  const answers = new Map<string, number>();
  let head: ChainHead = CHAIN_EMPTY;
  let hlc: Hlc = HLC_ZERO;
  let acked = 0;
  let epoch = '';
  let running = true;

  function nextDraft(): EventDraft {
    const actor = { kind: 'resident', id: BORROWER } as const;
    if (random() < 0.5) {
      const scope = pick(random, ONE_REFUSED_IN) === 0 ? 'community' : 'station';
      return { subject: `supply:${station}/cup`, type: 'supply.taken', v: 1, actor, scope, body: { count: 1 } };
    }
    const item = items[pick(random, items.length)] ?? '';
    const loan = loans.get(item);
    const subject = `item:${item}`;
    const scope = 'community';
    if (loan !== undefined) return { subject, type: 'item.returned', v: 1, actor, scope, body: { station, loan } };
    const due = new Date(Date.now() + 86_400_000).toISOString();
    return { subject, type: 'item.lent', v: 1, actor, scope, body: { borrower: BORROWER, name: '测*', due, station } };
  }

  function write(): void {
    const draft = nextDraft();
    const wall = Date.now();
    hlc = tick(hlc, wall);
    const event: LedgerEvent = {
      id: v7(),
      terminal: id,
      n: head.n + 1,
      prev: head.hash,
      hlc: formatHlc(hlc, id),
      wall,
      clock: 'trusted',
      station,
      ...draft,
    };
    const json = canonicalJson(event);
    head = { n: event.n, hash: sha256Text(json) };
    log.push({ event, json, hash: head.hash });
    if (event.type === 'item.lent') loans.set(event.subject.slice('item:'.length), event.id);
    if (event.type === 'item.returned') loans.delete(event.subject.slice('item:'.length));
  }

  function count(answer: string): void {
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }

  /** Null while the server, or its database, is away. */
  async function push(lines: readonly string[]): Promise<PushResponse | null> {
    const header: PushHeader = { writer: id, epoch, acked };
    let response: Response;
    let text: string;
    try {
      response = await fetch(serverUrl + SYNC_PATHS.push, {
        method: 'POST',
        headers: { 'content-type': NDJSON },
        body: writeLines(header, lines),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      text = await response.text();
    } catch {
      count('none');
      return null;
    }
    count(String(response.status));
    if (PASSING.has(response.status)) return null;
    if (response.status !== 200) throw new Error(`a push was answered ${response.status}: ${text}`);
    return pushResponseSchema.parse(JSON.parse(text));
  }

  /** An acknowledgement that goes back, or a log that has another name than before, is a loss. */
  function take(answer: PushResponse, sent: number): void {
    if (answer.acked < acked) throw new Error(`acknowledged ${acked}, and then only ${answer.acked}`);
    if (answer.acked > sent) throw new Error(`acknowledged ${answer.acked}, and only ${sent} were sent`);
    if (epoch !== '' && answer.epoch !== epoch) throw new Error(`the server's log was ${epoch} and is ${answer.epoch}`);
    acked = answer.acked;
    ({ epoch } = answer);
  }

  async function pushOnce(): Promise<void> {
    const lines = log.slice(acked, acked + MAX_PAGE_EVENTS).map(({ json }) => json);
    const sent = acked + lines.length;
    const answer = await push(lines);
    if (answer === null) {
      await sleep(AWAY_PAUSE_MS);
      return;
    }
    take(answer, sent);
    await sleep(PAUSE_MS);
  }

  const pushing = (async () => {
    while (running) {
      for (let left = 1 + pick(random, MOST_AT_ONCE); left > 0; left -= 1) write();
      await pushOnce();
    }
  })();
  // Who waits for it hears of it in `drain`; until then it is not unhandled.
  pushing.catch(() => {});

  return {
    /** All that the server has acknowledged, in order. */
    acknowledged: (): readonly SentEvent[] => log.slice(0, acked),

    /** How often which status was answered; `none` where there was no answer. */
    answers: () => Object.fromEntries(answers),

    /** Writes no more, and resolves when the server has acknowledged everything. */
    async drain(ms: number): Promise<void> {
      running = false;
      await pushing;
      const deadline = Date.now() + ms;
      while (acked < log.length) {
        if (Date.now() > deadline) throw new Error(`the server acknowledged ${acked} of ${log.length} within ${ms} ms`);
        await pushOnce();
      }
    },
  };
}
