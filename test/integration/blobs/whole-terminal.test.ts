import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { seedDrafts, temporaryFolder } from '../../fixtures/ledger-world.ts';
import { startServer, TERMINALS } from '../server/server-world.ts';
import { isReady, startStation } from '../terminal/station.ts';
import { bytesOf, hashOf } from './blob-world.ts';

const PHOTO = bytesOf(700_000);
const LEAFLET = bytesOf(500_000, 2);

async function world() {
  const server = await startServer({ kind: 'sqlite', path: join(temporaryFolder(), 'server.sqlite') });
  server.clock.set(Date.now());
  await server.server.log.append(seedDrafts());
  const options = { ...TERMINALS[0], identity: server.identityOf('LD-1'), serverUrl: server.url };
  return { server: server.server, options };
}

test('a running terminal sends a blob to the server and fetches another one', async () => {
  const { server, options } = await world();
  const leaflet = await server.blobs!.put(LEAFLET, 'station:LD');
  const { blobs } = await startStation(options);
  const photo = await blobs!.files.put([PHOTO]);
  expect(photo).toEqual({ ok: true, value: hashOf(PHOTO) });
  blobs!.transfer.send(hashOf(PHOTO), true);
  blobs!.transfer.want(leaflet, LEAFLET.length);
  await vi.waitUntil(() => blobs!.transfer.pending().length === 0, { timeout: 30_000 });
  expect(await server.blobs!.find(hashOf(PHOTO))).toMatchObject({ length: PHOTO.length, senders: ['LD-1'] });
  expect(Buffer.from(await blobs!.files.read(leaflet, 0, LEAFLET.length)).equals(LEAFLET)).toBe(true);
});

test('a terminal with no place for blobs lends all the same', async () => {
  const { options } = await world();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'blobs'), 'a file where a folder should be');
  const station = await startStation({ ...options, folder });
  expect(station.blobs).toBeNull();
  expect(await station.until(isReady)).toMatchObject({ fault: null });
});
