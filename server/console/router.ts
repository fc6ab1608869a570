import type { EventRow } from '#shared/contract/console.ts';
import type { Audit } from '../audit/audit.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Enrolment } from '../identity/enrolment.ts';
import type { Terminals } from '../store/terminals.ts';
import type { Accounts } from './accounts.ts';
import { eventRow } from './event-row.ts';
import type { Lists } from './lists.ts';
import type { NoteDeadSession } from './dead-sessions.ts';
import { createGate } from './gate.ts';
import { leafletCalls } from './leaflet-calls.ts';
import type { Leaflets } from '../leaflets/leaflets.ts';
import type { Releases } from '../releases/releases.ts';
import type { SigningKeys } from '../releases/signing-keys.ts';
import { releaseCalls } from './release-calls.ts';
import type { QuarantineList } from './quarantine-list.ts';
import { meCalls, peopleCalls } from './people-calls.ts';
import type { MyAccount } from '../people/my-account.ts';
import type { People } from '../people/people.ts';
import { createTries } from './tries.ts';

export interface ConsoleDeps {
  readonly accounts: Accounts;
  readonly people: People;
  readonly myAccount: MyAccount;
  readonly lists: Lists;
  readonly quarantine: QuarantineList;
  readonly log: EventLog;
  readonly terminals: Terminals;
  readonly enrolment: Enrolment;
  readonly audit: Audit;
  readonly noteDeadSession: NoteDeadSession;
  readonly leaflets: Leaflets;
  readonly releases: Releases;
  readonly signingKeys: SigningKeys;
  readonly now: () => number;
  /** The server closes: what goes on without an end has to end. */
  readonly closing: AbortSignal;
}

/** Events kept for a listener that is behind. */
const MOST_WAITING = 1000;
/** A listener whose session ends is let go within this time. */
const SESSION_CHECK_MS = 60_000;

interface WatchDeps {
  readonly log: EventLog;
  /** Ends the watch: the page is gone, or the server closes. */
  readonly signal: AbortSignal;
  /** Whether the watcher may still see events. */
  readonly isOpen: () => Promise<boolean>;
}

/**
 * Rows of each new event, as long as somebody with an open session listens. Bounded: a listener that is far behind
 * loses the oldest.
 */
async function* watchEvents({ log, signal, isOpen }: WatchDeps): AsyncGenerator<EventRow, void> {
  const waiting: EventRow[] = [];
  let wake = () => {};
  const stop = log.onStored((stored) => {
    waiting.push(...stored.map(eventRow));
    waiting.splice(0, waiting.length - MOST_WAITING);
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  const check = setInterval(() => wake(), SESSION_CHECK_MS);
  try {
    while (!signal.aborted && (await isOpen())) {
      yield* waiting.splice(0);
      // The check of the session takes a while: what came meanwhile must not wait for the next wake.
      if (waiting.length > 0 || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    clearInterval(check);
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}

/** Too many tries of one account from one address are noted again after so long. */
const NOTED_AGAIN_MS = 15 * 60_000;
/**
 * The server's side of contract/console.ts. Everything but the session's own calls goes through the gate.
 */
export function createConsoleRouter(deps: ConsoleDeps) {
  const {
    accounts,
    people,
    myAccount,
    lists,
    quarantine,
    log,
    terminals,
    enrolment,
    audit,
    noteDeadSession,
    leaflets,
    releases,
    signingKeys,
    closing,
    now,
  } = deps;
  const tooManyNoted = createTries({ most: 1, pauseMs: NOTED_AGAIN_MS, now });
  const { open, gated } = createGate({ accounts, audit, noteDeadSession });

  return open.router({
    session: {
      signIn: open.session.signIn.handler(async ({ input, context, errors }) => {
        const { account, password, code = null } = input;
        const { address } = context;
        const result = await accounts.signIn({ account, password, code, address });
        const note = (outcome: string) => audit.note({ account, act: 'session.signIn', about: {}, address, outcome });
        if (result.kind === 'too-many') {
          // Noted once when it begins: whoever goes on trying must not fill the log.
          if (tooManyNoted.take(`${address} ${account}`)) await note('TOO_MANY_TRIES');
          throw errors.TOO_MANY_TRIES();
        }
        if (result.kind === 'code-needed') {
          await note('CODE_NEEDED');
          throw errors.CODE_NEEDED();
        }
        await note(result.kind === 'wrong' ? 'WRONG_CREDENTIALS' : 'done');
        if (result.kind === 'wrong') throw errors.WRONG_CREDENTIALS();
        context.setSecret(result.secret);
        return result.account;
      }),
      signOut: open.session.signOut.handler(async ({ context }) => {
        const account = context.secret === undefined ? null : await accounts.signOut(context.secret);
        if (account !== null) {
          const { address } = context;
          await audit.note({ account, act: 'session.signOut', about: {}, address, outcome: 'done' });
        }
        context.setSecret(null);
        return {};
      }),
      who: open.session.who.handler(({ context }) => accounts.whose(context.secret)),
    },
    overview: gated.overview.handler(async () => ({
      ...(await lists.overview()),
      setAside: await quarantine.countOpen(),
    })),
    items: gated.items.handler(({ input }) => lists.items(input)),
    loans: gated.loans.handler(({ input }) => lists.loans(input)),
    events: {
      latest: gated.events.latest.handler(async ({ input }) => ({ rows: await lists.latestEvents(input.limit) })),
      watch: gated.events.watch.handler(({ context, signal }) =>
        watchEvents({
          log,
          signal: signal === undefined ? closing : AbortSignal.any([signal, closing]),
          isOpen: () => accounts.isOpen(context.secret),
        }),
      ),
    },
    quarantine: {
      list: gated.quarantine.list.handler(({ input }) => quarantine.list(input)),
      entry: gated.quarantine.entry.handler(({ input }) => quarantine.entry(input.key)),
      letIn: gated.quarantine.letIn.handler(async ({ input, context, errors }) => {
        if (!(await log.letIn(input.key, context.account.account))) throw errors.NOT_TO_LET_IN();
        return {};
      }),
    },
    leaflets: leafletCalls(gated, leaflets, releases),
    releases: releaseCalls(gated, releases, signingKeys),
    people: peopleCalls(gated, people),
    me: meCalls(gated, myAccount),
    audit: {
      list: gated.audit.list.handler(({ input }) => audit.list(input)),
    },
    terminals: {
      list: gated.terminals.list.handler(async () => ({ rows: await terminals.list() })),
      issueCode: gated.terminals.issueCode.handler(async ({ input, errors }) => {
        const { station, terminal } = input;
        // A name that was revoked never comes back: its word of revocation is kept with it.
        const inService = (await terminals.list()).filter(({ revokedMs }) => revokedMs === null);
        if (terminal !== undefined && !inService.some((each) => each.id === terminal && each.station === station)) {
          throw errors.UNKNOWN_TERMINAL();
        }
        return enrolment.issue({ station, ...(terminal === undefined ? {} : { terminal }) });
      }),
      revoke: gated.terminals.revoke.handler(async ({ input, errors }) => {
        if (!(await terminals.revoke(input.terminal))) throw errors.UNKNOWN_TERMINAL();
        return {};
      }),
    },
  });
}
