import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  BLOB_ROUTE,
  blobHashSchema,
  type BlobHash,
  type BlobRefusal,
  blobUploadSchema,
  PARTIAL_BLOB,
  UPLOAD_COMPLETE,
  UPLOAD_OFFSET,
} from '#shared/contract/blobs.ts';
import type { ErrorResponse } from '#shared/contract/sync.ts';
import type { BlobStore } from './blob-store.ts';
import type { HeldBlob } from './held-blobs.ts';
import { blobFields, sendBlob } from './send-blob.ts';
import type { UploadBody, UploadState } from './uploads.ts';

export interface BlobRoutesDeps {
  readonly blobs: BlobStore;
  /** Whose request this is: one of a terminal that has proved itself. */
  readonly callerOf: (request: FastifyRequest) => { readonly id: string; readonly station: string };
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Status, sentence, and the seconds after which to try again. */
const REFUSALS: Readonly<Record<BlobRefusal, readonly [status: number, sentence: string, retryAfterS?: number]>> = {
  malformed: [400, 'this is no upload of a blob'],
  'not-found': [404, 'there is no such blob'],
  'wrong-offset': [409, 'there is another number of bytes here'],
  cut: [409, 'the body ended early, or another request goes on with this upload'],
  'too-large': [413, 'no blob may be as large as this'],
  'wrong-range': [416, 'the blob ends before this range begins'],
  'wrong-hash': [422, 'these are not the bytes of this name; they were thrown away'],
  'wrong-digest': [422, 'the body is not the one that was signed; it was thrown away'],
  'too-many-uploads': [429, 'too many uploads at once', 5],
  'no-room': [507, 'there is no room for it now', 600],
  'no-folder': [503, 'blobs can’t be kept here now', 600],
};

const SWEEP_EVERY_MS = 3_600_000;

/** `sha-256=:...:` as our terminals write it (RFC 9530); another algorithm is not looked at. */
const CONTENT_DIGEST = /^sha-256=:([A-Za-z0-9+/]{43}=):$/;

function refuse(reply: FastifyReply, code: BlobRefusal): FastifyReply {
  const [status, message, retryAfterS] = REFUSALS[code];
  if (retryAfterS !== undefined) void reply.header('retry-after', retryAfterS);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ error: { code, message } } satisfies ErrorResponse);
}

function tellState(reply: FastifyReply, { offset, complete }: UploadState): FastifyReply {
  return reply
    .code(204)
    .header('cache-control', 'no-store')
    .header(UPLOAD_OFFSET, offset)
    .header(UPLOAD_COMPLETE, complete ? '?1' : '?0')
    .send();
}

function hashOf({ params }: FastifyRequest): BlobHash | null {
  const { hash } = params as { hash: string };
  return blobHashSchema.safeParse(hash).data ?? null;
}

/** Of every blob: a browser may only keep it. */
const FIELDS = { 'content-disposition': 'attachment', 'content-type': 'application/octet-stream' } as const;

function answerBlob(request: FastifyRequest, reply: FastifyReply, hash: BlobHash, blob: HeldBlob): FastifyReply {
  const sent = sendBlob(request, reply, hash, blob, FIELDS);
  return sent === 'wrong-range' ? refuse(reply, sent) : sent;
}

function bodyOf({ raw, headers }: FastifyRequest): UploadBody {
  const digest = CONTENT_DIGEST.exec(String(headers['content-digest'] ?? ''))?.[1] ?? null;
  return { bytes: raw, stop: () => void raw.destroy(), digest };
}

/** The same calls where blobs can't be kept: terminals are told to come later. */
export async function addClosedRoutes(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', async () => null);
    scope.route({
      method: ['GET', 'HEAD', 'PATCH'],
      url: BLOB_ROUTE,
      handler: (_, reply) => refuse(reply, 'no-folder'),
    });
  });
}

/** The calls of contract/blobs.ts. The scope lets only terminals in. */
export async function addBlobRoutes(app: FastifyInstance, { blobs, callerOf, now }: BlobRoutesDeps): Promise<void> {
  let sweptMs = Number.NEGATIVE_INFINITY;

  async function sweepNowAndThen(request: FastifyRequest): Promise<void> {
    if (now() - sweptMs < SWEEP_EVERY_MS) return;
    sweptMs = now();
    const swept = await blobs.uploads.sweep(now());
    if (swept > 0) request.log.info({ swept }, 'parts of blobs that nobody went on with were deleted');
  }

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The bytes go from the socket to the disk: nothing is parsed.
    scope.addContentTypeParser(PARTIAL_BLOB, async () => null);

    scope.head(BLOB_ROUTE, async (request, reply) => {
      const { id, station } = callerOf(request);
      const hash = hashOf(request);
      if (hash === null) return refuse(reply, 'not-found');
      const blob = await blobs.readableBy(station, hash);
      if (blob !== null) {
        return reply.headers(FIELDS).headers(blobFields(hash)).header('content-length', blob.length).send();
      }
      const state = await blobs.uploads.state(id, hash);
      return state === null ? refuse(reply, 'not-found') : tellState(reply, state);
    });

    scope.get(BLOB_ROUTE, { exposeHeadRoute: false }, async (request, reply) => {
      const { station } = callerOf(request);
      const hash = hashOf(request);
      const blob = hash === null ? null : await blobs.readableBy(station, hash);
      return hash === null || blob === null ? refuse(reply, 'not-found') : answerBlob(request, reply, hash, blob);
    });

    scope.patch(BLOB_ROUTE, async (request, reply) => {
      const { id: terminal } = callerOf(request);
      const hash = hashOf(request);
      const upload = blobUploadSchema.safeParse(request.query);
      if (hash === null) return refuse(reply, 'not-found');
      if (!upload.success) return refuse(reply, 'malformed');
      await sweepNowAndThen(request);
      const answer = await blobs.uploads.append(terminal, hash, upload.data, bodyOf(request));
      if (!answer.ok) {
        const { code, offset } = answer.error;
        request.log.warn({ terminal, hash, code, ...upload.data }, 'bytes of a blob were not taken');
        return refuse(offset === undefined ? reply : reply.header(UPLOAD_OFFSET, offset), code);
      }
      if (answer.value.complete)
        request.log.info({ terminal, hash, bytes: upload.data.length }, 'a blob is here whole');
      return tellState(reply, answer.value);
    });
  });
}
