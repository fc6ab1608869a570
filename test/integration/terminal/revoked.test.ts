import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openEvents } from '#electron/core/identity/wipe.ts';
import { seedResidents } from '#server/seed/residents.ts';
import { eventSchema } from '#shared/ledger/event.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { seedDrafts, temporaryFolder } from '../../fixtures/ledger-world.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { run as unseal } from '../../../scripts/tool/unseal.ts';
import { startServer, TERMINALS } from '../server/server-world.ts';
import { isReady, startStation, type TestStation } from './station.ts';

async function world() {
  const server = await startServer({ kind: 'sqlite', path: join(temporaryFolder(), 'server.sqlite') });
  server.clock.set(Date.now());
  await server.server.log.append(seedDrafts());
  return server;
}

async function lend(station: TestStation): Promise<void> {
  await station.until(isReady);
  station.scanner.scan(itemLabel('HF-000001'));
  await station.until(({ sheet }) => sheet.kind === 'card');
  station.cardReader.placeCard(seedResidents()[0]!.card);
  await station.until(({ sheet }) => sheet.kind === 'borrow');
}

/** What of the terminal's own is left in its folder. */
const leftovers = ({ folder }: TestStation) => readdirSync(folder).filter((name) => !name.startsWith('tty-'));

describe('a terminal that is revoked', () => {
  test('says so on its screen, and has nothing left of anybody', async () => {
    const server = await world();
    const station = await startStation({
      ...TERMINALS[0],
      identity: server.identityOf('LD-1'),
      serverUrl: server.url,
    });
    await lend(station);
    await station.until(({ sync }) => sync.state === 'synced' && sync.unsent === 0);
    expect(await station.blobs!.files.put([Buffer.from('a photograph')])).toMatchObject({ ok: true });
    await server.server.terminals.revoke('LD-1');
    const view = await station.until(({ fault }) => fault === 'revoked');
    expect(view).toMatchObject({ sheet: { kind: 'idle' }, stock: [], station: { code: 'LD' } });
    await station.stop();
    expect(leftovers(station)).toEqual([]);
    expect(station.keys.read()).toBeNull();
    expect(station.revoked).toMatchObject([{ terminal: 'LD-1', station: 'LD' }]);
    expect(JSON.stringify(station.revoked)).not.toMatch(/communityKey|revocation"|server/);
  });

  test('what it had not sent is kept so that only the server can read it', async () => {
    const server = await world();
    const identity = server.identityOf('LD-1');
    // The first contact only, then silence until the terminal is revoked.
    let silent = false;
    const network = createServer((request, response) => {
      if (silent) {
        request.socket.destroy();
        return;
      }
      const body: Buffer[] = [];
      request.on('data', (chunk: Buffer) => body.push(chunk));
      request.on('end', () => void forward());
      const forward = async () => {
        const { host: _, connection: __, ...headers } = request.headers;
        const method = request.method ?? 'GET';
        const answer = await fetch(server.url + request.url, {
          method,
          headers: headers as Record<string, string>,
          ...(method === 'GET' ? {} : { body: Buffer.concat(body) }),
        });
        if (answer.headers.get('content-type') === 'text/event-stream') {
          request.socket.destroy();
          return;
        }
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
        response.end(await answer.text());
      };
    });
    await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void network.close());
    const address = network.address();
    const serverUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const station = await startStation({ ...TERMINALS[0], identity, serverUrl });
    await station.until(isReady);
    await station.until(({ sync }) => sync.state === 'synced');
    silent = true;
    await lend(station);
    await server.server.terminals.revoke('LD-1');
    silent = false;
    await station.until(({ fault }) => fault === 'revoked');
    await station.stop();
    expect(leftovers(station)).toEqual(['unsent-LD-1.sealed']);
    const sealed = readFileSync(join(station.folder, 'unsent-LD-1.sealed'), 'utf8');
    expect(sealed).not.toMatch(/item|borrower|王/);
    const row = await server.server.database.db
      .selectFrom('terminals')
      .select('revocation')
      .where('id', '=', 'LD-1')
      .executeTakeFirstOrThrow();
    const events = openEvents(row.revocation, sealed).map((line) => eventSchema.parse(JSON.parse(line)));
    expect(events).toMatchObject([{ terminal: 'LD-1', type: 'item.lent', subject: 'item:HF-000001' }]);
    expect(() => openEvents('another word', sealed)).toThrow(/auth/i);
    const printed: object[] = [];
    const file = join(station.folder, 'unsent-LD-1.sealed');
    expect(await unseal([file, '--word', row.revocation], (line) => printed.push(line))).toBe(0);
    expect(printed).toEqual(events);
  });

  test('nobody but the server can make it wipe itself', async () => {
    const server = await world();
    const impostor = createServer((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { code: 'revoked-terminal', message: 'go', revocation: 'a guess' } }));
    });
    await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void impostor.close());
    const address = impostor.address();
    const station = await startStation({
      ...TERMINALS[0],
      identity: server.identityOf('LD-1'),
      serverUrl: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    });
    await station.until(({ sync }) => sync.state === 'saved-here');
    while (!station.logged.some((line) => line.includes('without the word'))) await sleep(5);
    expect(station.kiosk.view().fault).toBeNull();
    expect(station.revoked).toEqual([]);
    expect(leftovers(station)).toContain('terminal.sqlite');
  });
});

test('a terminal whose clock is years behind syncs all the same', async () => {
  const server = await world();
  server.clock.set(Date.now() + 3 * 365 * 86_400_000);
  const station = await startStation({
    ...TERMINALS[0],
    identity: server.identityOf('LD-1'),
    serverUrl: server.url,
  });
  await station.until(({ sync }) => sync.state === 'synced');
  expect(station.kiosk.view().stock).not.toEqual([]);
});

test('a terminal that the server does not know lends, and says that nothing is sent', async () => {
  const server = await world();
  const station = await startStation({
    ...TERMINALS[0],
    identity: { ...server.identityOf('LD-1'), ...testIdentity(Date.now) },
    serverUrl: server.url,
  });
  await station.until(({ sync }) => sync.state === 'saved-here');
  expect(station.kiosk.view().fault).toBeNull();
  expect(station.logged.join('')).toContain('unknown-terminal');
});
