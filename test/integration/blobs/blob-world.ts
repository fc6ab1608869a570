import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { onTestFinished } from 'vitest';
import { type BlobStoreOptions, createBlobStore } from '#server/blobs/blob-store.ts';
import { addBlobRoutes } from '#server/blobs/routes.ts';
import { blobHashSchema, blobPath, type BlobHash, PARTIAL_BLOB } from '#shared/contract/blobs.ts';

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'blobs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function hashOf(bytes: Uint8Array): BlobHash {
  return blobHashSchema.parse(createHash('sha256').update(bytes).digest('hex'));
}

/** Bytes that are the same at each run. */
export function bytesOf(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** A blob server on loopback. Who asks is said by a field, instead of the signature that the real server checks. */
export async function startBlobServer(options: Partial<BlobStoreOptions> & { readonly now?: () => number } = {}) {
  const { now = Date.now, ...storeOptions } = options;
  const folder = options.folder ?? newFolder();
  const blobs = createBlobStore({ freeBytes: async () => 1e12, ...storeOptions, folder });
  const app = fastify({ forceCloseConnections: true });
  /** Method, Range and offset of each request, in order. */
  const asked: { method: string; range: string | undefined; offset: string | null }[] = [];
  app.addHook('onRequest', async ({ method, url, headers }) => {
    const offset = new URL(url, 'http://x').searchParams.get('offset');
    asked.push({ method, range: headers.range, offset });
  });
  await addBlobRoutes(app, {
    blobs,
    callerOf({ headers }) {
      const id = String(headers['x-terminal']);
      return { id, station: id.slice(0, 2) };
    },
    now,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  let open = true;
  const close = async () => {
    if (open) await app.close();
    open = false;
  };
  onTestFinished(close);

  return {
    url,
    folder,
    blobs,
    asked,
    close,

    ask(terminal: string, method: string, path: string, headers: Record<string, string> = {}): Promise<Response> {
      return fetch(url + path, { method, headers: { 'x-terminal': terminal, ...headers } });
    },

    send(
      terminal: string,
      hash: BlobHash,
      { offset = 0, length, body }: { offset?: number; length: number; body: Uint8Array },
      headers: Record<string, string> = {},
    ): Promise<Response> {
      return fetch(`${url}${blobPath(hash)}?offset=${offset}&length=${length}`, {
        method: 'PATCH',
        headers: { 'x-terminal': terminal, 'content-type': PARTIAL_BLOB, ...headers },
        body: new Uint8Array(body),
      });
    },

    /** Promises a body of `promised` bytes, sends `body`, and resolves once `until` holds; then the line is cut. */
    async sendAndCut(terminal: string, hash: BlobHash, body: Uint8Array, promised: number, until: () => boolean) {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      const head = [
        `PATCH ${blobPath(hash)}?offset=0&length=${promised} HTTP/1.1`,
        `Host: ${hostname}`,
        `X-Terminal: ${terminal}`,
        `Content-Type: ${PARTIAL_BLOB}`,
        `Content-Length: ${promised}`,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      socket.write(body);
      while (!until()) await new Promise((resolve) => setTimeout(resolve, 2));
      return socket;
    },
  };
}

export type BlobServer = Awaited<ReturnType<typeof startBlobServer>>;
