import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { PREVIEW_PATH } from '#shared/contract/preview.ts';
import { PAGE_POLICY, policyHeader } from '#shared/page-policy.ts';
import { answerNotFound } from '../http-fault.ts';

const NOT_BUILT = '管理台页面还没有构建。\nThe console page has not been built.\n';
const NO_PAGES = /^\/(?:rpc|api|export|preview|sync|identity|content|blobs|files|assets)(?:\/|$)/;

/**
 * The console's page from `pageDir`, the built folder. The page has addresses of its own (`/items`): a browser that
 * asks for one of them gets the page, everything else that is not there is a 404 in JSON.
 */
export async function addConsolePage(app: FastifyInstance, pageDir: string): Promise<void> {
  const built = existsSync(join(pageDir, 'index.html'));
  if (built) await app.register(fastifyStatic, { root: pageDir });
  else app.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(NOT_BUILT));

  // The kiosk's page, for the console's own frame only: there is nothing of anybody in it.
  const kioskDir = join(pageDir, '../kiosk');
  if (existsSync(join(kioskDir, 'index.html'))) {
    await app.register(async (scope) => {
      scope.addHook('onSend', async (_request, reply) => {
        void reply.header('content-security-policy', policyHeader({ ...PAGE_POLICY, 'frame-ancestors': ["'self'"] }));
      });
      await scope.register(fastifyStatic, { root: kioskDir, prefix: PREVIEW_PATH, decorateReply: false });
    });
  }

  app.setNotFoundHandler((request, reply) => {
    const { method, url, headers } = request;
    const asksForPage = method === 'GET' && headers.accept?.includes('text/html') === true && !NO_PAGES.test(url);
    if (!built || !asksForPage) return answerNotFound(method, url, reply);
    return reply.code(200).header('cache-control', 'no-cache').sendFile('index.html');
  });
}
