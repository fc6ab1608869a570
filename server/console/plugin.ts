import cookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import { RPCHandler } from '@orpc/server/fastify';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HttpFault } from '../http-fault.ts';
import { type ConsoleContext, createConsoleRouter, type ConsoleDeps } from './router.ts';

const COOKIE = 'red-sail-console';
const MAX_CALL_BYTES = 65_536;

export interface ConsoleOptions extends ConsoleDeps {
  /** Folder of the built console page. */
  readonly pageDir: string;
  /** Whether browsers may send the session cookie over TLS only. */
  readonly secureCookies: boolean;
}

function hostOf(origin: string | undefined): string | null {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : null;
}

/** The console's calls under /rpc and its page everywhere else. */
export async function addConsole(app: FastifyInstance, options: ConsoleOptions): Promise<void> {
  const { pageDir, secureCookies, ...deps } = options;
  const handler = new RPCHandler(createConsoleRouter(deps));

  await app.register(async (rpc) => {
    await rpc.register(cookie);
    // oRPC reads the body itself; here only its announced length is judged.
    rpc.removeAllContentTypeParsers();
    rpc.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
    rpc.all('/rpc/*', async (request, reply) => {
      const { headers } = request;
      if (request.method !== 'GET') {
        // A page of another site can send a form here, but not with our Origin.
        if (hostOf(headers.origin) !== headers.host)
          throw new HttpFault(403, 'wrong-origin', 'calls come from the console’s own page');
        const length = Number(headers['content-length'] ?? Number.NaN);
        if (headers['transfer-encoding'] !== undefined)
          throw new HttpFault(411, 'no-length', 'say how long the body is');
        if (length > MAX_CALL_BYTES) throw new HttpFault(413, 'too-large', 'the body is too large');
      }
      const context: ConsoleContext = {
        secret: request.cookies[COOKIE],
        address: request.ip,
        setSecret(secret) {
          const common = { path: '/', httpOnly: true, sameSite: 'strict', secure: secureCookies } as const;
          if (secret === null) void reply.clearCookie(COOKIE, common);
          else void reply.setCookie(COOKIE, secret, common);
        },
      };
      void reply.header('cache-control', 'no-store');
      const { matched } = await handler.handle(request, reply, { prefix: '/rpc', context });
      if (!matched) throw new HttpFault(404, 'not-found', 'there is no such call');
      return reply;
    });
  });

  if (existsSync(join(pageDir, 'index.html'))) {
    await app.register(fastifyStatic, { root: pageDir });
  } else {
    app.get('/', (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send('管理台页面还没有构建。\nThe console page has not been built: npm run demo builds it.\n'),
    );
  }
}
