import type { FastifyRequest } from 'fastify';
import type { Account } from '#shared/contract/console.ts';
import { type Action, mayDo } from '#shared/people/roles.ts';
import type { Audit } from '../audit/audit.ts';
import { HttpFault } from '../http-fault.ts';
import type { Accounts } from './accounts.ts';
import type { NoteDeadSession } from './dead-sessions.ts';
import { SESSION_COOKIE } from './session-cookie.ts';

export interface HttpGateDeps {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly noteDeadSession: NoteDeadSession;
}

/**
 * The gate (gate.ts) of what is asked for as plain HTTP and is no call of the contract: files and exports. Cookies have to be read before.
 */
export function createHttpGate({ accounts, audit, noteDeadSession }: HttpGateDeps) {
  /** Who asks, where their role may do it. Throws the refusal, and notes it. */
  return async (
    request: FastifyRequest,
    act: Action,
    about: Readonly<Record<string, string>> = {},
  ): Promise<Account> => {
    const secret = request.cookies[SESSION_COOKIE];
    const account = await accounts.whose(secret);
    const address = request.ip;
    if (account === null) {
      await noteDeadSession({ secret, act, address });
      throw new HttpFault(401, 'unauthorized', 'sign in first');
    }
    const refuse = async (outcome: string, code: string, message: string): Promise<never> => {
      await audit.note({ account: account.account, act, about, address, outcome });
      throw new HttpFault(403, code, message);
    };
    if (!mayDo(account.roles, act)) return refuse('FORBIDDEN', 'forbidden', 'your role may not do this');
    if (account.must !== null) return refuse('SETUP_FIRST', 'setup-first', 'first what My account asks for');
    return account;
  };
}

export type HttpGate = ReturnType<typeof createHttpGate>;
