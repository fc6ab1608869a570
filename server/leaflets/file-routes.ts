import { createReadStream } from 'node:fs';
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { blobHashSchema } from '#shared/contract/blobs.ts';
import { LEAFLET_FILES_PATH } from '#shared/contract/leaflets.ts';
import { mayDo } from '#shared/people/roles.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import { readRange } from '../blobs/range.ts';
import type { Accounts } from '../console/accounts.ts';
import { SESSION_COOKIE } from '../console/session-cookie.ts';
import { HttpFault } from '../http-fault.ts';
import type { Leaflets } from './leaflets.ts';

export interface FileRoutesDeps {
  readonly accounts: Accounts;
  readonly leaflets: Leaflets;
  readonly blobs: BlobStore;
}

/**
 * The files of leaflets for those at the console who may read leaflets: by hash, with the type that their content was found to
 * have, one Range, and a policy under which nothing in them runs (CSP 3, `sandbox`).
 */
export async function addLeafletFileRoutes(app: FastifyInstance, deps: FileRoutesDeps): Promise<void> {
  const { accounts, leaflets, blobs } = deps;
  await app.register(async (scope) => {
    await scope.register(cookie);
    scope.get<{ Params: { hash: string } }>(
      `${LEAFLET_FILES_PATH}:hash`,
      async (request, reply): Promise<FastifyReply> => {
        const account = await accounts.who(request.cookies[SESSION_COOKIE]);
        if (account === null) throw new HttpFault(401, 'signed-out', 'sign in first');
        if (!mayDo(account.roles, 'leaflets.versions'))
          throw new HttpFault(403, 'forbidden', 'your role may not do this');
        const hash = blobHashSchema.safeParse(request.params.hash).data;
        const file = hash === undefined ? null : await leaflets.file(hash);
        const blob = file === null ? null : await blobs.find(file.hash);
        if (file === null || blob === null) throw new HttpFault(404, 'not-found', 'there is no such file');
        const range = readRange(request.headers.range, blob.length);
        if (range === 'wrong-range') throw new HttpFault(416, 'wrong-range', 'the file ends before this range begins');
        void reply
          .header('accept-ranges', 'bytes')
          .header('cache-control', 'private, max-age=31536000, immutable')
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('content-disposition', 'inline')
          .type(file.type);
        if (range === null) return reply.header('content-length', blob.length).send(createReadStream(blob.path));
        const { first, last } = range;
        return reply
          .code(206)
          .header('content-range', `bytes ${first}-${last}/${blob.length}`)
          .header('content-length', last - first + 1)
          .send(createReadStream(blob.path, { start: first, end: last }));
      },
    );
  });
}
