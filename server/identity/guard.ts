import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpFault } from '../http-fault.ts';
import type { KnownTerminal } from '../store/terminals.ts';
import type { CheckRefusal, RequestCheck, SignedRequest } from './check.ts';
import { digestOf } from './keys.ts';

export type Caller = KnownTerminal & { readonly keyid: string };

const STATUS: Readonly<Record<CheckRefusal['code'], number>> = {
  'unknown-terminal': 401,
  'bad-signature': 401,
  'stale-request': 401,
  'replayed-request': 401,
  'revoked-terminal': 403,
  'too-many-requests': 429,
};

export function signedRequest({ method, raw, headers }: FastifyRequest): SignedRequest {
  return { method, target: raw.url ?? '', fields: headers };
}

/** Lets only signed requests of known terminals in. Each that is not let in is one line of the log. */
export function createGuard(check: RequestCheck, now: () => number) {
  const callers = new WeakMap<FastifyRequest, Caller>();

  function refuse(request: FastifyRequest, { code, why, terminal, keyid, revocation }: CheckRefusal): never {
    const { method, ip: address } = request;
    const path = request.url.split('?')[0];
    request.log.warn({ refused: code, why, terminal, keyid, method, path, address }, 'a request was refused');
    throw new HttpFault(STATUS[code], code, why, {
      ...(code === 'stale-request' ? { serverTime: now() } : {}),
      ...(revocation === undefined ? {} : { revocation }),
    });
  }

  /** The body is the one whose digest was signed, or it is refused. */
  function checkBody(request: FastifyRequest, body: Buffer): void {
    if (request.headers['content-digest'] === digestOf(body)) return;
    const { id: terminal, keyid } = callers.get(request) ?? {};
    refuse(request, {
      code: 'bad-signature',
      why: 'the body is not the one that was signed',
      ...(terminal === undefined || keyid === undefined ? {} : { terminal, keyid }),
    });
  }

  return {
    /** All routes of this scope want a known terminal. Before the body is read: strangers send none. */
    protect(scope: FastifyInstance): void {
      scope.addHook('onRequest', async (request) => {
        const caller = await check.ofTerminal(signedRequest(request));
        if (!caller.ok) refuse(request, caller.error);
        callers.set(request, caller.value);
      });
    },

    checkBody,
    refuse,

    /** Whose request this is, in a scope that is protected. */
    callerOf: (request: FastifyRequest): Caller => {
      const caller = callers.get(request);
      if (caller === undefined) throw new Error('the hook above knows every caller');
      return caller;
    },
  };
}

export type Guard = ReturnType<typeof createGuard>;
