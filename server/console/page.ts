import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { answerNotFound } from '../http-fault.ts';

const NOT_BUILT = '管理台页面还没有构建。\nThe console page has not been built.\n';
const NO_PAGES = /^\/(?:rpc|api|export|sync|identity|content|blobs|files|assets)(?:\/|$)/;

/**
 * The console's page from `pageDir`, the built folder. The page has addresses of its own (`/items`): a browser that
 * asks for one of them gets the page, everything else that is not there is a 404 in JSON.
 */
export async function addConsolePage(app: FastifyInstance, pageDir: string): Promise<void> {
  const built = existsSync(join(pageDir, 'index.html'));
  if (built) await app.register(fastifyStatic, { root: pageDir });
  else app.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(NOT_BUILT));

  app.setNotFoundHandler((request, reply) => {
    const { method, url, headers } = request;
    const asksForPage = method === 'GET' && headers.accept?.includes('text/html') === true && !NO_PAGES.test(url);
    if (!built || !asksForPage) return answerNotFound(method, url, reply);
    return reply.code(200).header('cache-control', 'no-cache').sendFile('index.html');
  });
}
