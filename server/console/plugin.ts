import cookie from '@fastify/cookie';
import { RPCHandler } from '@orpc/server/fastify';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { consoleContract } from '#shared/contract/console.ts';
import { HttpFault } from '../http-fault.ts';
import { describeCalls } from './api-document.ts';
import { SESSION_COOKIE } from './session-cookie.ts';
import type { ConsoleContext } from './gate.ts';
import { type ConsoleDeps, createConsoleRouter } from './router.ts';

/** The longest article in both languages, in UTF-8, and what is around it. */
const MAX_LEAFLET_BYTES = 524_288;
const MAX_CALL_BYTES = 65_536;

export interface ConsoleOptions extends Omit<ConsoleDeps, 'closing'> {
  /** Whether browsers may send the session cookie over TLS only. */
  readonly secureCookies: boolean;
}

function hostOf(origin: string | undefined): string | null {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : null;
}

/** Throws where a call is not one of the console's own page: a page of another site can send a form here, but not with our Origin. */
export function refuseOtherOrigins({ headers }: FastifyRequest): void {
  if (hostOf(headers.origin) === headers.host) return;
  throw new HttpFault(403, 'wrong-origin', 'calls come from the console’s own page');
}

/** Bytes that a call may have. */
function mostBytes(path: string): number {
  return path.startsWith('leaflets/') ? MAX_LEAFLET_BYTES : MAX_CALL_BYTES;
}

/**
 * The console's calls: under /rpc for its page, and under /api for other programs, with the same session, the same gate and the same checks.
 * GET /api is their OpenAPI document.
 */
export async function addConsole(app: FastifyInstance, { secureCookies, ...deps }: ConsoleOptions): Promise<void> {
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  const router = createConsoleRouter({ ...deps, closing: closing.signal });
  const handlers = { rpc: new RPCHandler(router), api: new OpenAPIHandler(router) } as const;
  const document = await describeCalls(consoleContract);

  await app.register(async (calls) => {
    await calls.register(cookie);
    // oRPC reads the body itself; here only its announced length is judged.
    calls.removeAllContentTypeParsers();
    calls.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));

    const answer = (name: keyof typeof handlers) => async (request: FastifyRequest, reply: FastifyReply) => {
      const { headers } = request;
      if (request.method !== 'GET') {
        refuseOtherOrigins(request);
        if (headers['transfer-encoding'] !== undefined)
          throw new HttpFault(411, 'no-length', 'say how long the body is');
        if (Number(headers['content-length'] ?? 0) > mostBytes(request.url.slice(name.length + 2))) {
          throw new HttpFault(413, 'too-large', 'the body is too large');
        }
      }
      const context: ConsoleContext = {
        secret: request.cookies[SESSION_COOKIE],
        address: request.ip,
        setSecret(secret) {
          const common = { path: '/', httpOnly: true, sameSite: 'strict', secure: secureCookies } as const;
          if (secret === null) void reply.clearCookie(SESSION_COOKIE, common);
          else void reply.setCookie(SESSION_COOKIE, secret, common);
        },
      };
      void reply.header('cache-control', 'no-store');
      const { matched } = await handlers[name].handle(request, reply, { prefix: `/${name}`, context });
      if (!matched) throw new HttpFault(404, 'not-found', 'there is no such call');
      return reply;
    };
    calls.all('/rpc/*', answer('rpc'));
    calls.all('/api/*', answer('api'));
    calls.get('/api', (_request, reply) => reply.header('cache-control', 'no-store').send(document));
  });
}
