import { setImmediate } from 'node:timers/promises';
import { MAX_PAGE_EVENTS, type PullHeader, type PushHeader, snapshotLineSchema } from '#shared/contract/sync.ts';
import { CHAIN_EMPTY } from '#shared/ledger/chain.ts';
import { type LedgerEvent, eventSchema } from '#shared/ledger/event.ts';
import type { Result } from '#shared/result.ts';
import type { WrittenEvent } from '#electron/store/event-store.ts';
import type { Ledger } from '../ledger.ts';
import type { Log } from '../log.ts';
import type { LinkFault, LinkPage, ServerLink } from './server-link.ts';

/** JSON characters in one push at most, under the server's limit of 4 MiB in bytes even if all were Chinese. */
const PAGE_CHARACTERS = 1_200_000;

/** A clock outside of these is no clock, whoever's it is: from 2020 to 2100, milliseconds since 1970. */
const EARLIEST_MS = Date.UTC(2020, 0);
const LATEST_MS = Date.UTC(2100, 0);

/** How often in one exchange the server may say that its log or ours is another one than thought. */
const MOST_TURNS = 4;

/** What stands in the way of an exchange; the own disk can fail too. */
export type SyncFault = LinkFault | { readonly kind: 'disk'; readonly detail: string };

export interface ExchangeDeps {
  readonly ledger: Ledger;
  readonly link: ServerLink;
  /** Milliseconds that only ever go forward. */
  readonly monotonic: () => number;
  /** Events in one page; MAX_PAGE_EVENTS where it is left out. */
  readonly pageEvents?: number;
  /** Lets others have a turn: screens, and requests that wait to be sent. */
  readonly yieldTurn?: () => Promise<unknown>;
  /** Something is being sent. */
  readonly onSending: () => void;
  readonly log: Log;
}

type Step = LinkFault | null;

/** The longest run from the front that fits a page. */
function pageOf(lines: readonly string[]): readonly string[] {
  let characters = 0;
  const full = lines.findIndex((line) => {
    characters += line.length;
    return characters > PAGE_CHARACTERS;
  });
  return full === -1 ? lines : lines.slice(0, Math.max(1, full));
}

/** Events as the server sent them. Throws where one is none: then nothing of the page is taken. */
function written(lines: readonly string[]): WrittenEvent[] {
  return lines.map((json) => ({ event: eventSchema.parse(JSON.parse(json)) satisfies LedgerEvent, json }));
}

/** One whole exchange with the server: what it lacks goes there, what it has comes here. */
export function createExchange({ ledger, link, monotonic, onSending, log, ...options }: ExchangeDeps) {
  const { pageEvents = MAX_PAGE_EVENTS, yieldTurn = () => setImmediate() } = options;

  /** Asks, and takes the server's clock to have been read halfway between question and answer. */
  async function ask<T>(
    question: () => Promise<Result<T, LinkFault>>,
    timeIn: (value: T) => number | null,
  ): Promise<Result<T, LinkFault>> {
    const askedAt = monotonic();
    const answer = await question();
    const serverTime = answer.ok ? timeIn(answer.value) : null;
    if (serverTime !== null && serverTime >= EARLIEST_MS && serverTime <= LATEST_MS) {
      ledger.clockHeard(serverTime, (monotonic() - askedAt) / 2);
    }
    return answer;
  }

  function nonsense(detail: string): LinkFault {
    return { kind: 'nonsense', detail };
  }

  /** The log on the server is named for the first time. */
  function learnEpoch(epoch: string): void {
    if (ledger.head().epoch === '') ledger.beginEpoch(epoch, ledger.head().acked);
  }

  async function push(signal: AbortSignal): Promise<Step> {
    for (;;) {
      const { writer, epoch, acked } = ledger.head();
      const page = pageOf(ledger.unsent(pageEvents));
      if (page.length === 0) return null;
      onSending();
      const header: PushHeader = { writer, epoch, acked };
      const answer = await ask(
        () => link.push(header, page, signal),
        ({ serverTime }) => serverTime,
      );
      if (!answer.ok) return answer.error;
      const { refused, unknownTypes } = answer.value;
      learnEpoch(answer.value.epoch);
      for (const { index, code, held } of refused) {
        log.error({ n: acked + 1 + index, code, held }, 'the server refused an event');
      }
      if (unknownTypes.length > 0) log.warn({ count: unknownTypes.length }, 'the server does not know these types yet');
      const held = refused.flatMap((each) => (each.held ? [acked + 1 + each.index] : []));
      // What the server holds beyond this page may be of another who writes under this name.
      ledger.acknowledge(Math.min(answer.value.acked, acked + page.length), held);
      const broken = refused.find(({ code }) => code === 'wrong-chain');
      // The event before it is another one there: sending everything once more shows which is the first.
      if (broken !== undefined) return { kind: 'new-epoch', epoch: answer.value.epoch, head: CHAIN_EMPTY };
      if (ledger.head().acked > acked) continue;
      const [first] = refused;
      return first === undefined
        ? nonsense('the server neither took nor refused what was sent')
        : { kind: 'refused', status: 200, code: first.code };
    }
  }

  async function bootstrap(signal: AbortSignal): Promise<Step> {
    while (ledger.isNew() || ledger.head().snapshot !== null) {
      const after = ledger.head().snapshot?.last ?? '';
      const answer = await ask(
        () => link.snapshot(after, signal),
        ({ header }) => header.serverTime,
      );
      if (!answer.ok) return answer.error;
      const { header, lines } = answer.value;
      if (header.more && header.last <= after) return nonsense('there is more, but the snapshot does not go on');
      const subjects = lines.map((line) => snapshotLineSchema.safeParse(parseJson(line)));
      const bad = subjects.find(({ success }) => !success);
      if (bad !== undefined) return nonsense('a line of the snapshot is none');
      learnEpoch(header.epoch);
      if (header.epoch !== ledger.head().epoch) return { kind: 'new-epoch', epoch: header.epoch, head: ownHead() };
      ledger.takeSnapshot(
        subjects.flatMap(({ data }) => (data === undefined ? [] : [data])),
        header,
      );
      if (!header.more && header.cursor === '') return null;
    }
    return null;
  }

  function ownHead() {
    const { n, hash } = ledger.head();
    return { n, hash };
  }

  /** Asks for the page behind a cursor, for whoever this terminal is right now. */
  function askForPage(cursor: string, signal: AbortSignal) {
    const { writer, epoch, n, acked } = ledger.head();
    return link.pull({ writer, epoch, cursor, acked, unsent: n - acked, limit: pageEvents }, signal);
  }

  async function pull(signal: AbortSignal): Promise<Step> {
    let { cursor } = ledger.head();
    // While a page is taken in, the next one is on its way. How long that took says nothing of the server's clock.
    let ahead: Promise<Result<LinkPage<PullHeader>, LinkFault>> | null = null;
    try {
      for (;;) {
        const { n } = ledger.head();
        const answer: Result<LinkPage<PullHeader>, LinkFault> = ahead === null
          ? await ask(
              () => askForPage(cursor, signal),
              ({ header }) => header.serverTime,
            )
          : await ahead;
        if (!answer.ok) return answer.error;
        const { header, lines }: LinkPage<PullHeader> = answer.value;
        learnEpoch(header.epoch);
        if (header.head.n > n) return { kind: 'forked', at: n + 1 };
        // Where the two part is found by sending everything once more.
        if (ledger.ownHash(header.head.n) !== header.head.hash) {
          return { kind: 'new-epoch', epoch: header.epoch, head: CHAIN_EMPTY };
        }
        // More behind a cursor that does not move would be asked for without end.
        if (header.more && header.cursor === cursor) return nonsense('there is more, but the cursor does not move');
        ahead = header.more ? askForPage(header.cursor, signal) : null;
        await yieldTurn();
        const events = readEvents(lines);
        if (events === null) return nonsense('a line of the page is no event');
        if (events.length > 0 || header.cursor !== cursor) ledger.takeIn({ events, cursor: header.cursor });
        ({ cursor } = header);
        if (header.more) continue;
        ledger.caughtUp();
        return null;
      }
    } finally {
      await ahead;
    }
  }

  async function fillHoles(signal: AbortSignal): Promise<Step> {
    for (let subject = ledger.incomplete(); subject !== null; subject = ledger.incomplete()) {
      for (let after = 0, more = true; more;) {
        const answer = await link.history(subject, after, signal);
        if (!answer.ok) return answer.error;
        const { header, lines } = answer.value;
        const events = readEvents(lines);
        if (events === null) return nonsense('a line of the history is no event');
        if (header.more && header.next <= after) return nonsense('there is more, but the history does not go on');
        ledger.takeHistory(subject, events, header.more);
        after = header.next;
        more = header.more;
      }
    }
    return null;
  }

  async function giveBack(signal: AbortSignal): Promise<Step> {
    if (!ledger.owesTheServer()) return null;
    for (;;) {
      const page = pageOf(ledger.lackedByServer(pageEvents));
      if (page.length === 0) break;
      const answer = await link.giveBack({ epoch: ledger.head().epoch }, page, signal);
      if (!answer.ok) return answer.error;
      log.warn({ sent: page.length, lacked: answer.value.lacked }, 'gave back what the server had lost');
      ledger.gaveBack(written(page).map(({ event }) => event.id));
    }
    ledger.settledRound();
    return (await pull(signal)) ?? fillHoles(signal);
  }

  /** Null when the two agree on what there is to go on with. */
  function adapt(fault: LinkFault): Step {
    if (fault.kind === 'new-epoch') {
      const { epoch, head } = fault;
      // What the server holds of this writer may be of another log than ours: then all of it is sent again.
      const agreed = ledger.ownHash(head.n) === head.hash ? head.n : 0;
      log.warn({ epoch, agreed }, 'the server has another log than before');
      ledger.beginEpoch(epoch, agreed);
      return null;
    }
    if (fault.kind === 'forked') {
      log.error({ at: fault.at }, 'this log has forked from what the server holds; going on under a new name');
      ledger.renewWriter(fault.at);
      return null;
    }
    return fault;
  }

  return async function exchange(signal: AbortSignal): Promise<SyncFault | null> {
    try {
      for (let turn = 1; ; turn += 1) {
        const fault =
          (await push(signal)) ??
          (await bootstrap(signal)) ??
          (await pull(signal)) ??
          (await fillHoles(signal)) ??
          (await giveBack(signal));
        if (fault === null) return null;
        if (turn === MOST_TURNS) return fault;
        const still = adapt(fault);
        if (still !== null) return still;
      }
    } catch (error) {
      return { kind: 'disk', detail: String(error) };
    }
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Null where one of them is none. */
function readEvents(lines: readonly string[]): WrittenEvent[] | null {
  try {
    return written(lines);
  } catch {
    return null;
  }
}
