import { z } from 'zod';
import { stationCodeSchema } from '../ledger/event.ts';

/**
 * Photographs, recordings, leaflet files and pictures travel apart from events, named by their SHA-256. Everything is at
 * one address, `/blobs/v1/<hash>`:
 *
 * - `GET` gives it, or a range of it (RFC 9110, one range). `ETag` is the hash.
 * - `HEAD` of a blob that the terminal may read: 200 and its length. Of one that it sends: 204 with `Upload-Offset`, the
 *   bytes that the server has of it, and `Upload-Complete`. Of every other: 404.
 * - `PATCH` `?offset=&length=` with bytes of type PARTIAL_BLOB appends them: 204 with `Upload-Offset` and
 *   `Upload-Complete`; refusals are JSON as everywhere (contract/sync.ts), with a code of `blobRefusalSchema`.
 *
 * The fields are those of draft-ietf-httpbis-resumable-upload-09. Offset and length of an upload are in the query, because
 * a request's signature covers that and not its fields.
 */
export function blobPath(hash: BlobHash): string {
  return `/blobs/v1/${hash}`;
}

/** The route of all calls. */
export const BLOB_ROUTE = '/blobs/v1/:hash';

/** SHA-256 of the bytes, 64 small hex digits. Nothing else ever becomes part of a path. */
export const blobHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'BlobHash'>();
export type BlobHash = z.infer<typeof blobHashSchema>;

/** Bytes of the largest blob, where a server or a terminal is not told otherwise: 64 MiB. */
export const MAX_BLOB_BYTES = 67_108_864;

/** Media type of the body of a PATCH (resumable-upload, section 6). */
export const PARTIAL_BLOB = 'application/partial-upload';

/** Fields of an answer about an upload; `Upload-Complete` is a boolean of RFC 9651: `?1` or `?0`. */
export const UPLOAD_OFFSET = 'upload-offset';
export const UPLOAD_COMPLETE = 'upload-complete';

const byteCount = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

export const blobUploadSchema = z
  .object({
    /** Where the body begins. */
    offset: byteCount,
    /** Bytes of the whole blob. */
    length: byteCount,
  })
  .refine(({ offset, length }) => offset <= length);
export type BlobUpload = z.infer<typeof blobUploadSchema>;

/** Why a blob, or bytes of one, were not taken or not given. */
export const blobRefusalSchema = z.enum([
  'malformed',
  /** It is not there, or not for this terminal: which of the two is not told. 404. */
  'not-found',
  /** The server has another number of bytes; `Upload-Offset` says how many. 409. */
  'wrong-offset',
  /** The same upload was gone on with in another request, or this one ended early. What had come is kept. 409. */
  'cut',
  /** More than one blob may have. 413. */
  'too-large',
  /** The range begins behind the end. 416. */
  'wrong-range',
  /** All bytes are there, and they are not those of the name: they are thrown away. 422. */
  'wrong-hash',
  /** The body is not the one that its Content-Digest says: its bytes are thrown away. 422. */
  'wrong-digest',
  /** This terminal sends too many at once. 429. */
  'too-many-uploads',
  /** The disk, or what of it is meant for blobs, is full. 507. */
  'no-room',
  /** The server can't use its folder for blobs; everything else of it works. 503. */
  'no-folder',
]);
export type BlobRefusal = z.infer<typeof blobRefusalSchema>;

/** Who may read a blob. Photographs and recordings are the server's alone. */
export const blobScopeSchema = z.union([
  z.literal(['community', 'server']),
  z.templateLiteral(['station:', stationCodeSchema]),
]);
export type BlobScope = z.infer<typeof blobScopeSchema>;
