import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blobPath, type BlobScope } from '#shared/contract/blobs.ts';
import { errorResponseSchema } from '#shared/contract/sync.ts';
import { type BlobServer, bytesOf, hashOf, newFolder, startBlobServer } from './blob-world.ts';

const BLOB = bytesOf(100_000);
const HASH = hashOf(BLOB);
const PATH = blobPath(HASH);

async function codeOf(response: Response): Promise<string> {
  return `${response.status} ${errorResponseSchema.parse(await response.json()).error.code}`;
}

function partsOf({ folder }: BlobServer): string[] {
  return readdirSync(join(folder, 'partial'));
}

/** Bytes of the only part that is here. */
function partSize(server: BlobServer): number {
  const [name] = partsOf(server);
  return name === undefined ? 0 : statSync(join(server.folder, 'partial', name)).size;
}

describe('sending a blob to the server', () => {
  test('piece by piece, and asked in between what is there', async () => {
    const server = await startBlobServer();
    expect((await server.ask('LD-1', 'HEAD', PATH)).status).toBe(404);
    const first = await server.send('LD-1', HASH, { length: BLOB.length, body: BLOB.subarray(0, 40_000) });
    expect([first.status, first.headers.get('upload-complete')]).toEqual([204, '?0']);
    const between = await server.ask('LD-1', 'HEAD', PATH);
    expect([between.status, between.headers.get('upload-offset')]).toEqual([204, '40000']);
    const body = BLOB.subarray(40_000);
    const last = await server.send('LD-1', HASH, { offset: 40_000, length: BLOB.length, body });
    expect([last.status, last.headers.get('upload-complete')]).toEqual([204, '?1']);
    const held = await server.blobs.find(HASH);
    expect(readFileSync(held!.path)).toEqual(BLOB);
    expect(held).toMatchObject({ audiences: [], senders: ['LD-1'] });
    expect(partsOf(server)).toEqual([]);
  });

  test('an empty one', async () => {
    const server = await startBlobServer();
    const nothing = new Uint8Array();
    const answer = await server.send('LD-1', hashOf(nothing), { length: 0, body: nothing });
    expect([answer.status, answer.headers.get('upload-complete')]).toEqual([204, '?1']);
  });

  test('what came before the line was cut is kept, also over a restart of the server', async () => {
    const folder = newFolder();
    const before = await startBlobServer({ folder });
    const sent = BLOB.subarray(0, 30_001);
    const socket = await before.sendAndCut('LD-1', HASH, sent, BLOB.length, () => partSize(before) === sent.length);
    socket.destroy();
    await before.close();
    const after = await startBlobServer({ folder });
    const state = await after.ask('LD-1', 'HEAD', PATH);
    expect(state.headers.get('upload-offset')).toBe(String(sent.length));
    const body = BLOB.subarray(sent.length);
    const rest = await after.send('LD-1', HASH, { offset: sent.length, length: BLOB.length, body });
    expect(rest.headers.get('upload-complete')).toBe('?1');
  });

  test('who comes back finds its older request, of which the server still waits for more, ended', async () => {
    const server = await startBlobServer();
    const sent = BLOB.subarray(0, 30_000);
    const socket = await server.sendAndCut('LD-1', HASH, sent, BLOB.length, () => partSize(server) === sent.length);
    const state = await server.ask('LD-1', 'HEAD', PATH);
    expect(state.headers.get('upload-offset')).toBe('30000');
    socket.destroy();
  });

  test('other bytes than those of the name are thrown away', async () => {
    const server = await startBlobServer();
    const body = Buffer.from(BLOB);
    body[77] = (body[77] ?? 0) ^ 1;
    expect(await codeOf(await server.send('LD-1', HASH, { length: body.length, body }))).toBe('422 wrong-hash');
    expect(await server.blobs.find(HASH)).toBeNull();
    expect(partsOf(server)).toEqual([]);
  });

  test('a body that is not the one of its digest costs nothing of what was there', async () => {
    const server = await startBlobServer();
    const length = BLOB.length;
    await server.send('LD-1', HASH, { length, body: BLOB.subarray(0, 10) });
    const digest = `sha-256=:${createHash('sha256').update(BLOB.subarray(10)).digest('base64')}:`;
    const headers = { 'content-digest': digest };
    const wrong = await server.send('LD-1', HASH, { offset: 10, length, body: BLOB.subarray(11) }, headers);
    expect(await codeOf(wrong)).toBe('422 wrong-digest');
    const right = await server.send('LD-1', HASH, { offset: 10, length, body: BLOB.subarray(10) }, headers);
    expect(right.headers.get('upload-complete')).toBe('?1');
  });

  test('bytes from another place than where the server is are refused, and it says where it is', async () => {
    const server = await startBlobServer();
    await server.send('LD-1', HASH, { length: BLOB.length, body: BLOB.subarray(0, 5) });
    const answer = await server.send('LD-1', HASH, { offset: 6, length: BLOB.length, body: BLOB.subarray(6) });
    expect(answer.headers.get('upload-offset')).toBe('5');
    expect(await codeOf(answer)).toBe('409 wrong-offset');
  });

  test('more bytes than were announced are refused', async () => {
    const server = await startBlobServer();
    expect(await codeOf(await server.send('LD-1', HASH, { length: 10, body: BLOB }))).toBe('400 malformed');
    expect(partSize(server)).toBe(0);
  });

  test('one that is too large is refused before a byte of it is stored', async () => {
    const server = await startBlobServer({ limits: { maxBytes: BLOB.length - 1 } });
    expect(await codeOf(await server.send('LD-1', HASH, { length: BLOB.length, body: BLOB }))).toBe('413 too-large');
    expect(partsOf(server)).toEqual([]);
  });

  test('the quota counts what is here and what was announced', async () => {
    const server = await startBlobServer({ limits: { quotaBytes: 250_000 } });
    await server.send('LD-1', HASH, { length: BLOB.length, body: BLOB });
    const second = bytesOf(100_000, 2);
    await server.send('LD-1', hashOf(second), { length: second.length, body: second.subarray(0, 1) });
    const third = bytesOf(60_000, 3);
    const answer = await server.send('LD-2', hashOf(third), { length: third.length, body: third });
    expect(answer.headers.get('retry-after')).toBe('600');
    expect(await codeOf(answer)).toBe('507 no-room');
  });

  test('the disk keeps what other things need', async () => {
    const server = await startBlobServer({ freeBytes: async () => 1_050_000, limits: { keepFreeBytes: 1_000_000 } });
    expect(await codeOf(await server.send('LD-1', HASH, { length: BLOB.length, body: BLOB }))).toBe('507 no-room');
  });

  test('a terminal that sends too many at once is told to wait', async () => {
    const server = await startBlobServer({ limits: { perTerminal: 1 } });
    const socket = await server.sendAndCut(
      'LD-1',
      HASH,
      BLOB.subarray(0, 9),
      BLOB.length,
      () => partSize(server) === 9,
    );
    const other = bytesOf(10, 2);
    const answer = await server.send('LD-1', hashOf(other), { length: 10, body: other });
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await codeOf(answer)).toBe('429 too-many-uploads');
    expect((await server.send('LF-1', hashOf(other), { length: 10, body: other })).status).toBe(204);
    socket.destroy();
  });

  test('two terminals at the same moment: kept once, both have it said', async () => {
    const server = await startBlobServer();
    const upload = { length: BLOB.length, body: BLOB };
    const answers = await Promise.all(['LD-1', 'LF-1'].map((terminal) => server.send(terminal, HASH, upload)));
    expect(answers.map(({ headers }) => headers.get('upload-complete'))).toEqual(['?1', '?1']);
    expect(await server.blobs.find(HASH)).toMatchObject({ senders: ['LD-1', 'LF-1'], audiences: [] });
    expect(partsOf(server)).toEqual([]);
  });

  test('one terminal twice at the same moment ends with the blob', async () => {
    const server = await startBlobServer();
    const upload = { length: BLOB.length, body: BLOB };
    await Promise.allSettled([1, 2, 3].map(() => server.send('LD-1', HASH, upload)));
    const state = await server.ask('LD-1', 'HEAD', PATH);
    const offset = Number(state.headers.get('upload-offset') ?? 0);
    const rest = await server.send('LD-1', HASH, { offset, length: BLOB.length, body: BLOB.subarray(offset) });
    expect(rest.headers.get('upload-complete')).toBe('?1');
  });

  test('a part that nobody went on with is swept after 7 days', async () => {
    const server = await startBlobServer();
    await server.send('LD-1', HASH, { length: BLOB.length, body: BLOB.subarray(0, 5) });
    const path = join(server.folder, 'partial', partsOf(server)[0]!);
    const days = (count: number) => Date.now() / 1000 - count * 86_400;
    utimesSync(path, days(6), days(6));
    expect(await server.blobs.uploads.sweep(Date.now())).toBe(0);
    utimesSync(path, days(8), days(8));
    expect(await server.blobs.uploads.sweep(Date.now())).toBe(1);
    expect((await server.ask('LD-1', 'HEAD', PATH)).status).toBe(404);
  });
});

describe('who may read', () => {
  const cases: readonly [scope: BlobScope, LD: number, LF: number][] = [
    ['community', 200, 200],
    ['station:LD', 200, 404],
    ['server', 404, 404],
  ];
  test.each(cases)('%s', async (scope, atLD, atLF) => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, scope);
    for (const method of ['GET', 'HEAD']) {
      expect((await server.ask('LD-1', method, PATH)).status).toBe(atLD);
      expect((await server.ask('LF-1', method, PATH)).status).toBe(atLF);
    }
  });

  test('a photograph is not read back, not even by who sent it, and nobody else learns that it is there', async () => {
    const server = await startBlobServer();
    await server.send('LD-1', HASH, { length: BLOB.length, body: BLOB });
    expect((await server.ask('LD-1', 'GET', PATH)).status).toBe(404);
    expect((await server.ask('LD-1', 'HEAD', PATH)).headers.get('upload-complete')).toBe('?1');
    expect((await server.ask('LD-2', 'HEAD', PATH)).status).toBe(404);
    const piece = await server.send('LD-2', HASH, { length: BLOB.length, body: BLOB.subarray(0, 1) });
    expect(piece.headers.get('upload-complete')).toBe('?0');
  });

  test('the wider of two scopes holds, whichever came first', async () => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'station:LD');
    await server.send('LF-1', HASH, { length: BLOB.length, body: BLOB });
    expect((await server.ask('LD-1', 'GET', PATH)).status).toBe(200);
    expect((await server.ask('LF-1', 'GET', PATH)).status).toBe(404);
    expect(await server.blobs.register(HASH, 'station:LF')).toBe(true);
    expect((await server.ask('LF-1', 'GET', PATH)).status).toBe(200);
    await server.blobs.put(BLOB, 'community');
    await server.blobs.register(HASH, 'server');
    expect((await server.ask('XX-1', 'GET', PATH)).status).toBe(200);
  });
});

describe('ranges (RFC 9110)', () => {
  const cases: readonly [field: string, status: number, contentRange: string | null, bytes: Buffer | null][] = [
    ['bytes=0-9', 206, 'bytes 0-9/100000', BLOB.subarray(0, 10)],
    ['bytes=99990-', 206, 'bytes 99990-99999/100000', BLOB.subarray(99_990)],
    ['bytes=-3', 206, 'bytes 99997-99999/100000', BLOB.subarray(99_997)],
    ['bytes=99999-200000', 206, 'bytes 99999-99999/100000', BLOB.subarray(99_999)],
    ['bytes=100000-', 416, 'bytes */100000', null],
    ['bytes=-0', 416, 'bytes */100000', null],
    ['bytes=9-5', 200, null, BLOB],
    ['bytes=0-1,5-6', 200, null, BLOB],
    ['lines=0-1', 200, null, BLOB],
  ];
  test.each(cases)('%s', async (range, status, contentRange, bytes) => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'community');
    const answer = await server.ask('LD-1', 'GET', PATH, { range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([status, contentRange]);
    const body = Buffer.from(await answer.arrayBuffer());
    expect(answer.ok ? hashOf(body) : null).toBe(bytes === null ? null : hashOf(bytes));
  });

  test('If-Range with another tag: the whole blob', async () => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'community');
    const range = 'bytes=5-';
    const right = await server.ask('LD-1', 'GET', PATH, { range, 'if-range': `"${HASH}"` });
    expect([right.status, right.headers.get('etag')]).toEqual([206, `"${HASH}"`]);
    const wrong = await server.ask('LD-1', 'GET', PATH, { range, 'if-range': `"${'0'.repeat(64)}"` });
    expect(wrong.status).toBe(200);
  });

  test('HEAD says how long it is', async () => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'community');
    const { headers } = await server.ask('LD-1', 'HEAD', PATH);
    expect([headers.get('content-length'), headers.get('accept-ranges')]).toEqual(['100000', 'bytes']);
  });
});

/** fetch tidies paths up; this sends them as they are. */
function rawStatus(url: string, method: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const headers = { 'x-terminal': 'LD-1', 'content-type': 'application/partial-upload' };
    const asked = request({ hostname, port, method, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end(method === 'PATCH' ? 'x' : undefined);
  });
}

describe('a path is made of a hash or not at all', () => {
  const paths = [
    '/blobs/v1/../../../etc/passwd',
    '/blobs/v1/..%2f..%2f..%2fetc%2fpasswd',
    '/blobs/v1/%2e%2e%2fheld',
    `/blobs/v1/${HASH.toUpperCase()}`,
    `/blobs/v1/${HASH}.json`,
    `/blobs/v1/${HASH}%00`,
    `/blobs/v1/${HASH}/`,
    `/blobs/v1/${HASH.slice(1)}`,
    `/blobs/v1/${HASH}%0a`,
  ];
  test.each(paths)('%s', async (path) => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'community');
    for (const method of ['GET', 'HEAD', 'PATCH']) {
      const target = method === 'PATCH' ? `${path}?offset=0&length=1` : path;
      expect(await rawStatus(server.url, method, target)).toBe(404);
    }
    expect(partsOf(server)).toEqual([]);
  });

  test('nor of the name of a terminal', async () => {
    const server = await startBlobServer();
    await server.send('../../escaped', HASH, { length: BLOB.length, body: BLOB.subarray(0, 5) });
    expect(partsOf(server)).toHaveLength(1);
    expect(existsSync(join(server.folder, 'escaped'))).toBe(false);
  });

  test.each([
    '',
    '?offset=0',
    '?offset=-1&length=5',
    '?offset=6&length=5',
    '?offset=0x1&length=5',
    '?offset=1e3&length=5000',
  ])('an upload of "%s" is none', async (query) => {
    const server = await startBlobServer();
    expect(await rawStatus(server.url, 'PATCH', PATH + query)).toBe(400);
  });
});
