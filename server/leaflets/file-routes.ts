import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { blobHashSchema } from '#shared/contract/blobs.ts';
import { type FileRefusal, fileAnswerSchema, FILES_PATH } from '#shared/contract/uploads.ts';
import { PREVIEW_PATH } from '#shared/contract/preview.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import { sendBlob } from '../blobs/send-blob.ts';
import type { Audit } from '../audit/audit.ts';
import type { HttpGate } from '../console/http-gate.ts';
import { refuseOtherOrigins } from '../console/plugin.ts';
import { HttpFault } from '../http-fault.ts';
import type { ContentFiles } from './files.ts';
import type { Intake } from './intake/intake.ts';

export interface FileRoutesDeps {
  /** Null where blobs can't be kept here. */
  readonly store: { readonly blobs: BlobStore; readonly intake: Intake } | null;
  readonly files: ContentFiles;
  readonly may: HttpGate;
  readonly audit: Audit;
}

const REFUSALS: Readonly<Record<FileRefusal, readonly [status: number, sentence: string]>> = {
  'unknown-type': [415, 'leaflets have JPEG, PNG, WebP or SVG pictures, PDF files, and MP4 or WebM videos'],
  'too-large': [413, 'the file is larger than one of its type may be'],
  'too-many-pages': [422, 'the PDF has too many pages'],
  'active-content': [
    422,
    'the file does more than show something: scripts, forms that are sent, files or links within it',
  ],
  encrypted: [422, 'the PDF is locked'],
  damaged: [422, 'the file can’t be read to its end'],
  'too-many-pixels': [422, 'the picture has too many pixels'],
  'no-room': [507, 'there is no room for it now'],
};

/** What is still read of a body that was refused, so that its sender comes to read the answer (RFC 9112, section 9.6). */
const LINGER_BYTES = 8_388_608;
const LINGER_MS = 5000;

/** Characters of a refused file's name that stand in the audit log. */
const LONGEST_NAME_TOLD = 100;

const querySchema = z.object({ name: z.string().max(1000).default('') });
const lengthSchema = z.coerce.number().int().min(0).nullable().catch(null);

/** Reads a little more of a body that nobody wants, and then ends the connection. */
function linger({ raw }: FastifyRequest): void {
  if (raw.readableEnded || raw.destroyed) return;
  let left = LINGER_BYTES;
  const end = () => raw.socket.destroy();
  const timer = setTimeout(end, LINGER_MS);
  raw.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  raw.on('error', () => {});
  raw.once('close', () => clearTimeout(timer));
}

function refuse(request: FastifyRequest, reply: FastifyReply, code: FileRefusal): FastifyReply {
  const [status, message] = REFUSALS[code];
  if (!request.raw.readableEnded) void reply.header('connection', 'close');
  reply.raw.once('finish', () => linger(request));
  return reply.code(status).send({ error: { code, message } });
}

/** The bytes of a body, one reader at a time; what was not read stays to be read. */
function bodyOf({ raw }: FastifyRequest): AsyncIterable<Uint8Array> {
  return raw.iterator({ destroyOnReturn: false });
}

/** Uploads of editors, and the files for editor and preview (contract/leaflets.ts). */
export async function addFileRoutes(app: FastifyInstance, deps: FileRoutesDeps): Promise<void> {
  const { store, files, may, audit } = deps;

  await app.register(async (scope) => {
    await scope.register(cookie);
    scope.removeAllContentTypeParsers();
    // The bytes go from the socket to the disk: nothing is parsed.
    scope.addContentTypeParser('*', async () => null);

    scope.post(FILES_PATH, async (request, reply) => {
      refuseOtherOrigins(request);
      const { account } = await may(request, 'files.upload');
      const query = querySchema.safeParse(request.query);
      if (!query.success) throw new HttpFault(400, 'malformed', 'the name is too long');
      if (store === null) return refuse(request, reply, 'no-room');
      const { name } = query.data;
      const length = lengthSchema.parse(request.headers['content-length'] ?? null);
      const note = (outcome: string, about: Readonly<Record<string, string>>) =>
        audit.note({ account, act: 'files.upload', about, address: request.ip, outcome });
      const taken = await store.intake.take({ name, account, length, bytes: bodyOf(request) });
      void reply.header('cache-control', 'no-store');
      if (taken.ok) {
        await note('done', { name: taken.value.name, hash: taken.value.file.hash });
        return reply.code(201).send(fileAnswerSchema.parse(taken.value));
      }
      if (taken.error === 'cut') throw new HttpFault(400, 'cut', 'the file ended early');
      await note(taken.error, { name: name.slice(0, LONGEST_NAME_TOLD) });
      return refuse(request, reply, taken.error);
    });

    const send = async (request: FastifyRequest, reply: FastifyReply) => {
      await may(request, 'files.read');
      const hash = blobHashSchema.safeParse(z.object({ hash: z.string() }).parse(request.params).hash);
      // Only files of leaflets: the blobs of other people’s matters are not for every account.
      const known = hash.success ? await files.find(hash.data) : null;
      const blob = known === null || store === null ? null : await store.blobs.find(known.file.hash);
      if (known === null || blob === null) throw new HttpFault(404, 'not-found', 'there is no such file');
      const sent = sendBlob(request, reply, known.file.hash, blob, {
        'content-type': known.file.type,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(known.name)}`,
      });
      if (sent === 'wrong-range') throw new HttpFault(416, 'wrong-range', 'the file ends before this range begins');
      return sent;
    };
    scope.get(`${FILES_PATH}/:hash`, send);
    // Where the kiosk's page looks for them, in the console's preview.
    scope.get(`${PREVIEW_PATH}content/:hash`, send);
  });
}
