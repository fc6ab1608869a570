import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CONTENT_PATHS, reportAnswerSchema, reportSchema } from '#shared/contract/content.ts';
import { HttpFault } from '../http-fault.ts';
import type { Guard } from '../identity/guard.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { Releases } from './releases.ts';
import { metadataFile, targetOf } from './repository.ts';

export interface ReleaseRoutesDeps {
  readonly database: ServerDatabase;
  readonly releases: Releases;
  readonly guard: Guard;
  readonly now: () => number;
}

/** Bytes of a report: 500 readings of 150 and 100 receipts. */
const MAX_REPORT_BYTES = 262_144;
const nameSchema = z.object({ '*': z.string().max(200) });

/** The terminals' side of releases: contract/content.ts. */
export async function addReleaseRoutes(app: FastifyInstance, deps: ReleaseRoutesDeps): Promise<void> {
  const { database, releases, guard, now } = deps;
  await app.register(async (scope) => {
    guard.protect(scope);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer' },
      async (request: FastifyRequest, body: Buffer) => {
        guard.checkBody(request, body);
        return body;
      },
    );

    const notFound = () => new HttpFault(404, 'not-found', 'there is no such file');

    scope.get(`${CONTENT_PATHS.metadata}*`, async (request, reply) => {
      const json = await metadataFile(database.db, nameSchema.parse(request.params)['*']);
      if (json === null) throw notFound();
      return reply.header('cache-control', 'no-store').type('application/json').send(json);
    });

    scope.get(`${CONTENT_PATHS.targets}*`, async (request, reply) => {
      const { station } = guard.callerOf(request);
      const json = await targetOf(database.db, nameSchema.parse(request.params)['*'], station);
      if (json === null) throw notFound();
      return reply.header('cache-control', 'no-store').type('application/json').send(json);
    });

    scope.post(CONTENT_PATHS.report, { bodyLimit: MAX_REPORT_BYTES }, async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      const report = reportSchema.safeParse(jsonOf(request.body));
      if (!report.success) throw new HttpFault(400, 'malformed', 'this is no report');
      await releases.reports.take(guard.callerOf(request), report.data);
      await releases.step();
      return reportAnswerSchema.parse({ seq: report.data.seq, serverTime: now() });
    });
  });
}

function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  } catch {
    return null;
  }
}
