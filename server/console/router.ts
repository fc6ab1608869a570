import { implement, ORPCError } from '@orpc/server';
import { z } from 'zod';
import { consoleContract, type EventRow } from '#shared/contract/console.ts';
import type { Result } from '#shared/result.ts';
import { isAction, mayDo, toldOf } from '#shared/people/roles.ts';
import type { Audit } from '../audit/audit.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Enrolment } from '../identity/enrolment.ts';
import type { Terminals } from '../store/terminals.ts';
import type { Accounts } from './accounts.ts';
import { eventRow } from './event-row.ts';
import type { Lists } from './lists.ts';
import { createTries } from './tries.ts';
import type { LeafletFault, Leaflets } from '../leaflets/leaflets.ts';
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
  readonly audit: Audit;
  readonly leaflets: Leaflets;
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
/** Characters of each part of what was asked that stand in the audit log. */
const LONGEST_TOLD = 100;

function told(input: unknown, names: readonly string[]): Record<string, string> {
  const parts = z.record(z.string(), z.unknown()).safeParse(input).data ?? {};
  return Object.fromEntries(
    names.flatMap((name) => {
      const part = parts[name];
      return typeof part === 'string' ? [[name, part.slice(0, LONGEST_TOLD)]] : [];
    }),
  );
}

/**
 * The server's side of contract/console.ts. Everything but the session's own calls goes through one gate: who is signed in,
 * whether the role may do it (shared/people/roles.ts), and the audit log.
 */
export function createConsoleRouter(deps: ConsoleDeps) {
  const { accounts, lists, quarantine, log, terminals, enrolment, audit, leaflets, closing, now } = deps;
  const tooManyNoted = createTries({ most: 1, pauseMs: NOTED_AGAIN_MS, now });
  const open = implement(consoleContract).$context<ConsoleContext>();

  const gated = open.use(async ({ context, path, next }, input: unknown) => {
    const account = await accounts.who(context.secret);
    if (account === null) throw new ORPCError('UNAUTHORIZED', { message: 'sign in first' });
    const action = path.join('.');
    const note = (outcome: string, about: Record<string, string>) =>
      audit.note({ account: account.account, act: action, about, address: context.address, outcome });
    if (!isAction(action) || !mayDo(account.roles, action)) {
      await note('FORBIDDEN', {});
      throw new ORPCError('FORBIDDEN', { message: 'your role may not do this' });
    }
    const names = toldOf(action);
    if (names === null) return next({ context: { account } });
    const about = told(input, names);
    await note('ordered', about);
    try {
      return await next({ context: { account } });
    } catch (error) {
      await note(error instanceof ORPCError ? String(error.code) : 'FAILED', about);
      throw error;
    }
  });

  interface Refusals {
    readonly NOT_FOUND: () => Error;
    readonly CONFLICT: () => Error;
    readonly OWN_WORK?: () => Error;
    readonly UNKNOWN_FILE?: () => Error;
    readonly UNSAFE_TEXT?: () => Error;
  }
  /** What became of a leaflet, or the error of the contract. */
  function changed<T>(result: Result<T, LeafletFault>, errors: Refusals): T {
    if (result.ok) return result.value;
    switch (result.error) {
      case 'not-found':
        throw errors.NOT_FOUND();
      case 'own-work':
        throw errors.OWN_WORK?.() ?? new Error('nobody approved anything');
      case 'unknown-file':
        throw errors.UNKNOWN_FILE?.() ?? new Error('nothing was written');
      case 'unsafe-text':
        throw errors.UNSAFE_TEXT?.() ?? new Error('nothing was written');
      default:
        throw errors.CONFLICT();
    }
  }

  function leafletCalls() {
    const calls = gated.leaflets;
    return {
      list: calls.list.handler(({ input }) => leaflets.list(input)),
      versions: calls.versions.handler(async ({ input }) => ({ versions: await leaflets.versions(input.leaflet) })),
      create: calls.create.handler(async ({ input, context, errors }) =>
        changed(await leaflets.create(context.account.account, input.content, { leaflet: input.leaflet }), errors),
      ),
      save: calls.save.handler(async ({ input, context, errors }) =>
        changed(await leaflets.save(context.account.account, input, input.content), errors),
      ),
      discard: calls.discard.handler(async ({ input, context, errors }) => {
        changed(await leaflets.discard(context.account.account, input), errors);
        return {};
      }),
      submit: calls.submit.handler(async ({ input, context, errors }) =>
        changed(await leaflets.submit(context.account.account, input), errors),
      ),
      sendBack: calls.sendBack.handler(async ({ input, context, errors }) =>
        changed(await leaflets.sendBack(context.account.account, input, input.remark), errors),
      ),
      approve: calls.approve.handler(async ({ input, context, errors }) =>
        changed(await leaflets.approve(context.account.account, input), errors),
      ),
      withdraw: calls.withdraw.handler(async ({ input, context, errors }) =>
        changed(await leaflets.withdraw(context.account.account, input, input.remark), errors),
      ),
    };
  }

  return open.router({
    session: {
      signIn: open.session.signIn.handler(async ({ input, context, errors }) => {
        const { account, password } = input;
        const { address } = context;
        const result = await accounts.signIn(account, password, address);
        const note = (outcome: string) => audit.note({ account, act: 'session.signIn', about: {}, address, outcome });
        if (result.kind === 'too-many') {
          // Noted once when it begins: whoever goes on trying must not fill the log.
          if (tooManyNoted.take(`${address} ${account}`)) await note('TOO_MANY_TRIES');
          throw errors.TOO_MANY_TRIES();
        }
        await note(result.kind === 'wrong' ? 'WRONG_CREDENTIALS' : 'done');
        if (result.kind === 'wrong') throw errors.WRONG_CREDENTIALS();
        context.setSecret(result.secret);
        return result.account;
      }),
      signOut: open.session.signOut.handler(async ({ context }) => {
        if (context.secret !== undefined) await accounts.signOut(context.secret);
        context.setSecret(null);
        return {};
      }),
      who: open.session.who.handler(({ context }) => accounts.who(context.secret)),
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
    leaflets: leafletCalls(),
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
