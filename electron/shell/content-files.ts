import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ContentSource } from '#electron/core/content/content-source.ts';
import { blobHashSchema } from '#shared/contract/blobs.ts';
import { pagePolicyHeader } from '#shared/page-policy.ts';
import { byteRange } from './byte-range.ts';

export type ContentFiles = Pick<ContentSource, 'file'>;

/** Before the hash, in the path of a leaflet's file. */
export const CONTENT_PREFIX = '/content/';

/** A leaflet's file is data: it is what the approved manifest says it is, and no page of its own. */
const HEADERS = {
  'content-security-policy': pagePolicyHeader(),
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'accept-ranges': 'bytes',
};

function refuse(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(status === 416 ? null : 'not found', { status, headers: { ...HEADERS, ...headers } });
}

/** The answer to a request for a leaflet's file, in either shell; null where the path is none of those. */
export function contentFile(files: ContentFiles, urlPath: string, rangeField: string | null): Response | null {
  if (!urlPath.startsWith(CONTENT_PREFIX)) return null;
  const hash = blobHashSchema.safeParse(urlPath.slice(CONTENT_PREFIX.length));
  const file = hash.success ? files.file(hash.data) : null;
  if (file === null) return refuse(404);
  const range = byteRange(rangeField, file.bytes);
  if (range === 'wrong-range') return refuse(416, { 'content-range': `bytes */${file.bytes}` });
  const { first, last } = range ?? { first: 0, last: file.bytes - 1 };
  const stream = createReadStream(file.path, { start: first, end: last });
  // A file that goes away while it is read ends the answer, not the process.
  stream.on('error', () => {});
  // Node's own type of web streams is the DOM's in all that matters here.
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    status: range === null ? 200 : 206,
    headers: {
      ...HEADERS,
      'content-type': file.type,
      'content-length': String(last - first + 1),
      ...(range === null ? {} : { 'content-range': `bytes ${first}-${last}/${file.bytes}` }),
    },
  });
}
