import { implement } from '@orpc/server';
import { type Account, consoleContract, type EventRow } from '#shared/contract/console.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Enrolment } from '../identity/enrolment.ts';
import type { Terminals } from '../store/terminals.ts';
import { createLeafletCalls } from '../leaflets/calls.ts';
import type { Leaflets } from '../leaflets/leaflets.ts';
import type { Accounts } from './accounts.ts';
import { eventRow } from './event-row.ts';
import type { Lists } from './lists.ts';
import type { QuarantineList } from './quarantine-list.ts';

/** What a call knows of its request. */
export interface ConsoleContext {
  /** The session cookie's secret, as it came. */
  readonly secret: string | undefined;
  readonly address: string;
  /** Sets the session cookie, or takes it away. */
  readonly setSecret: (secret: string | null) => void;
}

export interface ConsoleDeps {
  readonly accounts: Accounts;
  readonly lists: Lists;
  readonly quarantine: QuarantineList;
  readonly log: EventLog;
  readonly terminals: Terminals;
  readonly enrolment: Enrolment;
  readonly leaflets: Leaflets;
  /** Notes what an account has done. */
  readonly noteAct: (account: string, act: string, about: object) => void;
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

/** The server's side of contract/console.ts. Everything but signing in wants a session. */
export function createConsoleRouter(deps: ConsoleDeps) {
  const { accounts, lists, quarantine, log, terminals, enrolment, leaflets, noteAct, closing } = deps;
  const contract = implement(consoleContract).$context<ConsoleContext>();

  async function signedIn(context: ConsoleContext, unauthorized: () => Error): Promise<Account> {
    const account = await accounts.who(context.secret);
    if (account === null) throw unauthorized();
    return account;
  }

  async function admin(
    context: ConsoleContext,
    errors: { readonly UNAUTHORIZED: () => Error; readonly FORBIDDEN: () => Error },
  ): Promise<Account> {
    const account = await signedIn(context, errors.UNAUTHORIZED);
    if (account.roles.includes('admin')) return account;
    throw errors.FORBIDDEN();
  }

  return contract.router({
    session: {
      signIn: contract.session.signIn.handler(async ({ input, context, errors }) => {
        const result = await accounts.signIn(input.account, input.password, context.address);
        if (result.kind === 'too-many') throw errors.TOO_MANY_TRIES();
        if (result.kind === 'wrong') throw errors.WRONG_CREDENTIALS();
        context.setSecret(result.secret);
        return result.account;
      }),
      signOut: contract.session.signOut.handler(async ({ context }) => {
        if (context.secret !== undefined) await accounts.signOut(context.secret);
        context.setSecret(null);
        return {};
      }),
      who: contract.session.who.handler(({ context }) => accounts.who(context.secret)),
    },
    overview: contract.overview.handler(async ({ context, errors }) => {
      await signedIn(context, errors.UNAUTHORIZED);
      return { ...(await lists.overview()), setAside: await quarantine.countOpen() };
    }),
    items: contract.items.handler(async ({ input, context, errors }) => {
      await signedIn(context, errors.UNAUTHORIZED);
      return lists.items(input);
    }),
    loans: contract.loans.handler(async ({ input, context, errors }) => {
      await signedIn(context, errors.UNAUTHORIZED);
      return lists.loans(input);
    }),
    events: {
      latest: contract.events.latest.handler(async ({ input, context, errors }) => {
        await signedIn(context, errors.UNAUTHORIZED);
        return { rows: await lists.latestEvents(input.limit) };
      }),
      watch: contract.events.watch.handler(async ({ context, errors, signal }) => {
        await signedIn(context, errors.UNAUTHORIZED);
        return watchEvents({
          log,
          signal: signal === undefined ? closing : AbortSignal.any([signal, closing]),
          isOpen: () => accounts.isOpen(context.secret),
        });
      }),
    },
    quarantine: {
      list: contract.quarantine.list.handler(async ({ input, context, errors }) => {
        await signedIn(context, errors.UNAUTHORIZED);
        return quarantine.list(input);
      }),
      entry: contract.quarantine.entry.handler(async ({ input, context, errors }) => {
        await signedIn(context, errors.UNAUTHORIZED);
        return quarantine.entry(input.key);
      }),
      letIn: contract.quarantine.letIn.handler(async ({ input, context, errors }) => {
        const { account } = await admin(context, errors);
        if (!(await log.letIn(input.key, account))) throw errors.NOT_TO_LET_IN();
        noteAct(account, 'entry of the quarantine let in', { key: input.key });
        return {};
      }),
    },
    terminals: {
      list: contract.terminals.list.handler(async ({ context, errors }) => {
        await admin(context, errors);
        return { rows: await terminals.list() };
      }),
      issueCode: contract.terminals.issueCode.handler(async ({ input, context, errors }) => {
        const { account } = await admin(context, errors);
        const { station, terminal } = input;
        // A name that was revoked never comes back: its word of revocation is kept with it.
        const inService = (await terminals.list()).filter(({ revokedMs }) => revokedMs === null);
        if (terminal !== undefined && !inService.some((each) => each.id === terminal && each.station === station)) {
          throw errors.UNKNOWN_TERMINAL();
        }
        noteAct(account, 'enrolment code issued', { station, terminal });
        return enrolment.issue({ station, ...(terminal === undefined ? {} : { terminal }) });
      }),
      revoke: contract.terminals.revoke.handler(async ({ input, context, errors }) => {
        const { account } = await admin(context, errors);
        if (!(await terminals.revoke(input.terminal))) throw errors.UNKNOWN_TERMINAL();
        noteAct(account, 'terminal revoked', { terminal: input.terminal });
        return {};
      }),
    },
    // Until there are roles for editors and reviewers, admins are both.
    leaflets: createLeafletCalls<ConsoleContext>({
      leaflets,
      reader: (context, errors) => signedIn(context, errors.UNAUTHORIZED),
      writer: admin,
      noteAct,
    }),
  });
}
