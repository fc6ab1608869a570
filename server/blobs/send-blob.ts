import { createReadStream } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HeldBlob } from './held-blobs.ts';
import { readRange } from './range.ts';

/** What an answer says of a blob, which never changes. */
export function blobFields(hash: string) {
  return { 'accept-ranges': 'bytes', etag: `"${hash}"`, 'cache-control': 'private, max-age=31536000, immutable' };
}

/** If-Range (RFC 9110, section 13.1.5): with another tag than this one the whole blob is wanted. */
function rangeOf({ headers }: FastifyRequest, hash: string, length: number) {
  const ifRange = headers['if-range'];
  return ifRange === undefined || ifRange === `"${hash}"` ? readRange(headers.range, length) : null;
}

/**
 * Sends a blob or the range of it that is asked for, with the fields of the caller. `wrong-range`: nothing was sent, only
 * `content-range` set.
 */
export function sendBlob(
  request: FastifyRequest,
  reply: FastifyReply,
  hash: string,
  { path, length }: HeldBlob,
  fields: Readonly<Record<string, string>>,
): FastifyReply | 'wrong-range' {
  const range = rangeOf(request, hash, length);
  if (range === 'wrong-range') {
    void reply.header('content-range', `bytes */${length}`);
    return range;
  }
  void reply.headers(fields).headers(blobFields(hash));
  if (range === null) return reply.header('content-length', length).send(createReadStream(path));
  const { first, last } = range;
  return reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${length}`)
    .header('content-length', last - first + 1)
    .send(createReadStream(path, { start: first, end: last }));
}
