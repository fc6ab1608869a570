import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import cookie, { fastifyCookie } from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import { RPCHandler } from '@orpc/server/ws';
import fastify from 'fastify';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { KioskRouter } from '#electron/core/kiosk-router.ts';
import { PAGE_POLICY } from '#shared/page-policy.ts';
import { CONTENT_PREFIX, contentFile, type ContentFiles } from './content-files.ts';
import { createPageDoor } from './page-door.ts';

/** The largest message a page may send; an action is a hundred bytes. */
const MAX_MESSAGE_BYTES = 16_384;

export interface PageServerOptions {
  /** Folder of the built kiosk page. */
  readonly pageDir: string;
  readonly router: KioskRouter;
  /** Files of leaflets; none where it is left out. */
  readonly content?: ContentFiles;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Keeps apart the cookies of terminals on one machine: browsers share cookies between ports. */
  readonly terminal: string;
}

/** The browser shell's window frame: page and bridge on 127.0.0.1, for the page that this shell opened and no other. */
export async function createPageServer({ pageDir, router, content, port, terminal }: PageServerOptions) {
  const door = createPageDoor({ newSecret: () => randomBytes(32).toString('base64url') });
  const cookieName = `red-sail-${terminal}`;
  const app = fastify({ logger: false, forceCloseConnections: true });
  let closing = false;
  await app.register(cookie);
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY }, hsts: false });

  let origin = '';
  const isOwnHost = (host: string | undefined) => `http://${host}` === origin;

  app.addHook('onRequest', async (request, reply) => {
    if (!isOwnHost(request.headers.host)) return reply.code(421).send('wrong host');
    if (request.url.startsWith('/open?') || door.isInside(request.cookies[cookieName])) return undefined;
    return reply
      .code(403)
      .type('text/plain; charset=utf-8')
      .send('这个地址只供本终端自己的窗口使用。\nThis address is only for this terminal’s own window.\n');
  });

  const openQuery = z.object({ token: z.string().max(100) });
  app.get('/open', async (request, reply) => {
    const query = openQuery.safeParse(request.query);
    const secret = query.success ? door.enter(query.data.token) : null;
    if (secret === null) {
      return reply
        .code(403)
        .type('text/plain; charset=utf-8')
        .send('这个链接已经用过了。\nThis link has been used already.\n');
    }
    return reply.setCookie(cookieName, secret, { httpOnly: true, sameSite: 'strict', path: '/' }).redirect('/');
  });

  app.get(`${CONTENT_PREFIX}:hash`, async (request, reply) => {
    const found = content === undefined ? null : contentFile(content, request.url, request.headers.range ?? null);
    return found === null ? reply.callNotFound() : reply.send(found);
  });

  await app.register(fastifyStatic, { root: pageDir, cacheControl: false });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const handler = new RPCHandler(router);
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Whoever hangs up while being refused must not end the process: an error that nobody listens to does.
    socket.on('error', () => socket.destroy());
    const cookies = fastifyCookie.parse(request.headers.cookie ?? '');
    const welcome =
      !closing &&
      request.url === '/bridge' &&
      isOwnHost(request.headers.host) &&
      request.headers.origin === origin &&
      door.isInside(cookies[cookieName]);
    if (!welcome) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      // A message too large or a torn frame: ws closes the connection itself.
      ws.on('error', () => {});
      void handler.upgrade(ws);
    });
  });

  origin = await app.listen({ host: '127.0.0.1', port });

  return {
    origin,
    /** An address that lets in one page, once. */
    newLink: (): string => `${origin}/open?token=${door.newLinkToken()}`,
    async close(): Promise<void> {
      // A page comes back as soon as it is sent away; from now on it finds the door shut.
      closing = true;
      for (const client of sockets.clients) client.terminate();
      await app.close();
    },
  };
}
