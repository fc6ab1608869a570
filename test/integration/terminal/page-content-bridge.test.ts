import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { expect, it, onTestFinished } from 'vitest';
import { createKioskRouter } from '#electron/core/kiosk-router.ts';
import { faultView } from '#electron/core/kiosk-view.ts';
import { createPageServer } from '#electron/shell/page-server.ts';
import type { kioskContract } from '#shared/contract/kiosk.ts';
import { testLeaflet } from '../../fixtures/leaflets.ts';
import { contentWorld } from '../content/content-world.ts';

/** The bridge as the page has it, over a terminal's leaflets that nobody else proves. */
async function bridge() {
  const world = await contentWorld({ autoPage: false });
  const terminal = world.start();
  const pageDir = join(world.folder, 'page');
  mkdirSync(pageDir);
  writeFileSync(join(pageDir, 'index.html'), 'the kiosk');
  const view = faultView('LD-1', 'LD', 'Asia/Shanghai', 'database');
  const router = createKioskRouter({ view: () => view, subscribe: () => () => {}, act: () => {} }, terminal.source);
  const server = await createPageServer({ pageDir, router, content: terminal.source, port: 0, terminal: 'LD-1' });
  onTestFinished(() => server.close());
  const entered = await fetch(server.newLink(), { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/bridge`, {
    headers: { cookie, origin: server.origin },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  // ws has the browser's interface, but declares its own event types.
  const websocket = socket as unknown as globalThis.WebSocket;
  const client: ContractRouterClient<typeof kioskContract> = createORPCClient(new RPCLink({ websocket }));
  return { world, terminal, socket, client };
}

it('the page hears of a set, proves it, is shown it, and its going is noticed', async () => {
  const { world, terminal, socket, client } = await bridge();
  const contents = await client.content();
  expect((await contents.next()).value).toMatchObject({ release: null, toProve: null });
  await world.server.publish(1, [testLeaflet(1)]);
  terminal.poke();
  expect((await contents.next()).value).toMatchObject({ release: null, toProve: { release: 1 } });
  await client.contentAct({ kind: 'proving', release: 1, pages: 1, total: 1 });
  await client.contentAct({ kind: 'proved', release: 1, fault: null });
  expect((await contents.next()).value).toMatchObject({ release: 1, leaflets: [testLeaflet(1)], toProve: null });
  await client.contentAct({ kind: 'painted', release: 1 });
  await expect.poll(() => world.lastReport()).toMatchObject({ showing: { release: 1 }, screen: 'idle' });
  socket.terminate();
  await expect.poll(() => world.lastReport()?.screen).toBe('none');
});

it('what is no action of the contract is refused', async () => {
  const { client } = await bridge();
  for (const wrong of [
    { kind: 'proved', release: 1 },
    { kind: 'read', leaflet: 'x', version: 1, seconds: 9e9 },
    null,
  ]) {
    // A page that was taken over says what it likes.
    await expect(client.contentAct(wrong as never)).rejects.toThrow('Input validation failed');
  }
});
