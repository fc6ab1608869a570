import { implement, ORPCError } from '@orpc/server';
import { z } from 'zod';
import { consoleContract } from '#shared/contract/console.ts';
import { isAction, mayDo, toldOf } from '#shared/people/roles.ts';
import type { Audit } from '../audit/audit.ts';
import type { Accounts } from './accounts.ts';
import type { NoteDeadSession } from './dead-sessions.ts';

/** What a call knows of its request. */
export interface ConsoleContext {
  /** The session cookie's secret, as it came. */
  readonly secret: string | undefined;
  readonly address: string;
  /** Sets the session cookie, or takes it away. */
  readonly setSecret: (secret: string | null) => void;
}

export interface GateDeps {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly noteDeadSession: NoteDeadSession;
}

/** Characters of each part of what was asked that stand in the audit log. */
const LONGEST_TOLD = 100;

function told(input: unknown, names: readonly string[]): Record<string, string> {
  const parts = z.record(z.string(), z.unknown()).safeParse(input).data ?? {};
  return Object.fromEntries(
    names.flatMap((name) => {
      const part = parts[name];
      if (Array.isArray(part)) return [[name, part.join(' ').slice(0, LONGEST_TOLD)]];
      return typeof part === 'string' || typeof part === 'number' ? [[name, String(part).slice(0, LONGEST_TOLD)]] : [];
    }),
  );
}

/**
 * `open`: calls that anybody may make. `gated`: all others go through here: who is signed in, whether the role may do it
 * (shared/people/roles.ts), and the audit log.
 */
export function createGate({ accounts, audit, noteDeadSession }: GateDeps) {
  const open = implement(consoleContract).$context<ConsoleContext>();

  const gated = open.use(async ({ context, path, next }, input: unknown) => {
    const account = await accounts.whose(context.secret);
    const action = path.join('.');
    if (account === null) {
      await noteDeadSession({ secret: context.secret, act: action, address: context.address });
      throw new ORPCError('UNAUTHORIZED', { message: 'sign in first' });
    }
    const note = (outcome: string, about: Record<string, string>) =>
      audit.note({ account: account.account, act: action, about, address: context.address, outcome });
    if (!isAction(action) || !mayDo(account.roles, action)) {
      await note('FORBIDDEN', {});
      throw new ORPCError('FORBIDDEN', { message: 'your role may not do this' });
    }
    if (account.must !== null && !action.startsWith('me.')) {
      await note('SETUP_FIRST', {});
      throw new ORPCError('SETUP_FIRST', { status: 403, message: 'first what My account asks for' });
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

  return { open, gated };
}

export type Gated = ReturnType<typeof createGate>['gated'];
