import { createServer as createHttpServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seedResidents } from '#server/seed/residents.ts';
import { SYNC_PATHS } from '#shared/contract/sync.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { seedDrafts, temporaryFolder } from '../../fixtures/ledger-world.ts';
import { startServer, TERMINALS } from '../server/server-world.ts';
import { isReady, startStation } from './station.ts';

type Mishap = 'none' | 'answer-lost' | 'answer-cut' | 'nonsense' | 'away';

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A network between terminal and server whose mishaps a test chooses. They strike at pushes; the rest goes through. */
async function badNetwork(target: string) {
  let mishap: Mishap = 'none';
  let pushes = 0;
  const proxy = createHttpServer((incoming: IncomingMessage, answer) => {
    const isPush = incoming.url === SYNC_PATHS.push;
    if (isPush) pushes += 1;
    if (mishap === 'away') return answer.destroy();
    if (isPush && mishap === 'nonsense') return answer.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>');
    const { method, headers, url } = incoming;
    const onward = httpRequest(target + (url ?? ''), { method, headers }, (reply) => {
      if (isPush && mishap === 'answer-lost') return answer.destroy();
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      if (isPush && mishap === 'answer-cut') {
        answer.write('{"acked":');
        return setTimeout(() => answer.destroy(), 20);
      }
      return reply.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    return incoming.pipe(onward);
  });
  return {
    url: await listen(proxy),
    let: (next: Mishap) => {
      mishap = next;
    },
    pushes: () => pushes,
  };
}

async function world() {
  const server = await startServer({ kind: 'sqlite', path: join(temporaryFolder(), 'server.sqlite') });
  server.clock.set(Date.now());
  await server.server.log.append(seedDrafts());
  const network = await badNetwork(server.url);
  const station = await startStation({
    ...TERMINALS[0],
    identity: server.identityOf('LD-1'),
    serverUrl: network.url,
  });
  await station.until(isReady);
  await station.until(({ sync }) => sync.state === 'synced');
  const lendOne = async () => {
    station.cardReader.placeCard(seedResidents()[0]!.card);
    await station.until(({ sheet }) => sheet.kind === 'borrow');
    station.scanner.scan(itemLabel('HF-000001'));
    await station.until(
      ({ sheet }) => sheet.kind === 'borrow' && sheet.lines.some((line) => line.outcome.kind === 'lent'),
    );
  };
  const onServer = async () => (await server.pullAll('LF-1')).filter(({ terminal }) => terminal === 'LD-1').length;
  return { server, network, station, lendOne, onServer };
}

describe('between terminal and server', () => {
  it.each(['answer-lost', 'answer-cut'] as const)('%s: sent again, recorded once', async (mishap) => {
    const { network, station, lendOne, onServer } = await world();
    network.let(mishap);
    await lendOne();
    await station.until(({ sync }) => sync.state === 'saved-here' && sync.unsent === 1);
    expect(await onServer()).toBe(1);
    network.let('none');
    await station.until(({ sync }) => sync.state === 'synced' && sync.unsent === 0);
    expect(await onServer()).toBe(1);
    expect(network.pushes()).toBeGreaterThan(1);
  });

  it('somebody else answers: nothing is taken for acknowledged', async () => {
    const { network, station, lendOne, onServer } = await world();
    network.let('nonsense');
    await lendOne();
    await station.until(({ sync }) => sync.state === 'saved-here' && sync.unsent === 1);
    expect(await onServer()).toBe(0);
    network.let('none');
    await station.until(({ sync }) => sync.state === 'synced' && sync.unsent === 0);
    expect(await onServer()).toBe(1);
  });

  it('away: the loan is made all the same, and the screen is honest about it', async () => {
    const { network, station, lendOne, onServer } = await world();
    network.let('away');
    await lendOne();
    const { sync } = await station.until((view) => view.sync.state === 'saved-here');
    expect(sync.unsent).toBe(1);
    network.let('none');
    await station.until((view) => view.sync.state === 'synced' && view.sync.unsent === 0);
    expect(await onServer()).toBe(1);
  });
});
