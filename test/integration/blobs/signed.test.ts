import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createBlobLink } from '#electron/core/sync/blob-link.ts';
import { createServer } from '#server/create-server.ts';
import { blobPath, PARTIAL_BLOB } from '#shared/contract/blobs.ts';
import { COMMUNITY_KEY } from '../../fixtures/ledger-world.ts';
import { registerTerminal } from '../../fixtures/test-identity.ts';
import { bytesOf, hashOf, newFolder } from './blob-world.ts';
import { terminalSide } from './terminal-side.ts';

const BLOB = bytesOf(600_000);
const HASH = hashOf(BLOB);

/** The whole server, as it runs. */
async function startSignedServer() {
  const server = await createServer({
    database: { kind: 'sqlite', path: ':memory:' },
    blobDir: join(newFolder(), 'blobs'),
    pageDir: '/nonexistent',
    contentKeyFile: join(newFolder(), 'content-keys.json'),
    secureCookies: false,
    communityKey: COMMUNITY_KEY,
    logger: pino({ level: 'silent' }),
    now: Date.now,
  });
  onTestFinished(() => server.close());
  const identity = await registerTerminal(server, { id: 'LD-1', station: 'LD' }, Date.now);
  return { blobs: server.blobs, identity, url: await server.app.listen({ host: '127.0.0.1', port: 0 }) };
}

test('signed requests bring a blob there and another one back', async () => {
  const { blobs, identity, url } = await startSignedServer();
  const leaflet = bytesOf(300_000, 2);
  await blobs!.put(leaflet, 'community');
  const link = createBlobLink({ url, fetch: identity.fetch });
  const terminal = terminalSide(url, newFolder(), { link });
  await terminal.files.put([BLOB]);
  terminal.transfer.send(HASH, false);
  terminal.transfer.want(hashOf(leaflet), leaflet.length);
  terminal.transfer.start();
  await terminal.done();
  await terminal.transfer.stop();
  expect(await blobs!.find(HASH)).toMatchObject({ senders: ['LD-1'], audiences: [], length: BLOB.length });
  expect((await terminal.bytes(hashOf(leaflet))).equals(leaflet)).toBe(true);
});

test('a request without a signature is refused, whatever it asks', async () => {
  const { blobs, url } = await startSignedServer();
  await blobs!.put(BLOB, 'community');
  for (const method of ['GET', 'HEAD']) {
    expect((await fetch(url + blobPath(HASH), { method })).status).toBe(401);
  }
  const headers = { 'content-type': PARTIAL_BLOB };
  const sent = await fetch(`${url}${blobPath(HASH)}?offset=0&length=1`, { method: 'PATCH', headers, body: 'x' });
  expect(sent.status).toBe(401);
});

test('bytes that are not those that were signed are thrown away', async () => {
  const { identity, url } = await startSignedServer();
  const target = `${blobPath(HASH)}?offset=0&length=${BLOB.length}`;
  const signed = identity.sign({ method: 'PATCH', target, body: BLOB.subarray(0, 10) });
  const headers = { ...signed, 'content-type': PARTIAL_BLOB };
  const answer = await fetch(url + target, { method: 'PATCH', headers, body: 'other byte' });
  expect(answer.status).toBe(422);
  const head = await identity.fetch(url + blobPath(HASH), { method: 'HEAD' });
  expect(head.headers.get('upload-offset')).toBe('0');
});
