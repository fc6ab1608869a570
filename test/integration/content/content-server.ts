import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import fastify from 'fastify';
import { createBlobStore } from '#server/blobs/blob-store.ts';
import { addBlobRoutes } from '#server/blobs/routes.ts';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { CONTENT_PATHS, type ContentReport, reportSchema } from '#shared/contract/content.ts';
import { testManifest } from '../../fixtures/leaflets.ts';
import { tufRepository } from '../../fixtures/tuf-repository.ts';

/** What became of a request, where it is not answered as it should be. */
export type Mischief = (path: string, bytes: Buffer | null) => Buffer | AsyncIterable<Uint8Array> | number | null;

/** A server's half of leaflets: a repository and blobs over HTTP, and reports as they come. Its word can be made wrong in every way. */
export async function contentServer(folder: string, now: () => number = Date.now) {
  const repository = tufRepository(now);
  const blobs = createBlobStore({ folder, freeBytes: async () => 1e12 });
  const reports: ContentReport[] = [];
  /** Path and Range of each request, in order. */
  const asked: { readonly path: string; readonly range: string | undefined }[] = [];
  let sentBytes = 0;
  const state = { mischief: null as Mischief | null, takesReports: true };

  const app = fastify({ forceCloseConnections: true });
  const rangeOf = ({ range }: IncomingHttpHeaders) => range;
  app.addHook('onRequest', async (request, reply) => {
    asked.push({ path: request.url, range: rangeOf(request.headers) });
    const isBlob = request.url.startsWith('/blobs/');
    const wrong = isBlob ? (state.mischief?.(request.url, null) ?? null) : null;
    if (typeof wrong === 'number') await reply.code(wrong).send({ error: { code: 'x', message: 'x' } });
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.url.startsWith('/blobs/')) sentBytes += Number(reply.getHeader('content-length') ?? 0);
    return payload;
  });
  app.get('/content/v1/*', async (request, reply) => {
    const path = request.url.slice('/content/v1/'.length);
    const bytes = repository.files.get(decodeURIComponent(path)) ?? null;
    const wrong = state.mischief?.(path, bytes) ?? bytes;
    if (wrong === null) return reply.code(404).send();
    if (typeof wrong === 'number') return reply.code(wrong).send();
    return reply.type('application/octet-stream').send(Buffer.isBuffer(wrong) ? wrong : Readable.from(wrong));
  });
  app.post(CONTENT_PATHS.report, async (request, reply) => {
    if (!state.takesReports) return reply.code(503).send();
    const report = reportSchema.parse(request.body);
    reports.push(report);
    return { seq: report.seq, serverTime: now() };
  });
  await addBlobRoutes(app, { blobs, callerOf: () => ({ id: 'LD-1', station: 'LD' }), now });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    url,
    repository,
    blobs,
    reports,
    asked,
    state,
    /** Bytes of blobs that were sent, or begun to be. */
    sentBytes: () => sentBytes,
    close: () => app.close(),

    /** Approves a release and shows it at station LD. */
    async publish(release: number, leaflets: readonly ReleasedLeaflet[], files: readonly Buffer[] = []): Promise<void> {
      for (const bytes of files) await blobs.put(bytes, 'community');
      repository.approve(release, { LD: testManifest(release, leaflets) });
      repository.point('LD', release);
      repository.finish();
    },

    /** Shows another release that was approved. */
    point(release: number | null): void {
      repository.point('LD', release);
      repository.finish();
    },
  };
}
