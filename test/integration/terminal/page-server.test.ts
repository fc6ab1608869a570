import { connect } from 'node:net';
import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { expect, it, onTestFinished } from 'vitest';
import { createKioskRouter } from '#electron/core/kiosk-router.ts';
import { faultView } from '#electron/core/kiosk-view.ts';
import { createPageServer } from '#electron/shell/page-server.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';

async function pageServer() {
  const folder = temporaryFolder();
  const pageDir = join(folder, 'page');
  mkdirSync(pageDir);
  writeFileSync(join(pageDir, 'index.html'), 'the kiosk');
  writeFileSync(join(folder, 'settings.json'), 'the secret');
  const view = faultView('LD-1', 'LD', 'Asia/Shanghai', 'database');
  const router = createKioskRouter({ view: () => view, subscribe: () => () => {}, act: () => {} });
  const server = await createPageServer({ pageDir, router, port: 0, terminal: 'LD-1' });
  onTestFinished(() => server.close());
  const entered = await fetch(server.newLink(), { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { host, hostname, port } = new URL(server.origin);
  return {
    ...server,
    host,
    cookie,
    page: async () => (await fetch(server.origin, { headers: { cookie } })).text(),
    connect: () => connect(Number(port), hostname).on('error', () => {}),
    /** How a bridge with these headers ends: `open`, or the refusal. */
    bridge: (headers: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${host}/bridge`, { headers });
        socket.once('error', ({ message }) => resolve(message));
        socket.once('open', () => {
          resolve('open');
          socket.terminate();
        });
      }),
  };
}

function upgrade(host: string, more = ''): string {
  return (
    `GET /bridge HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${more}\r\n`
  );
}

it('the bridge is for the page that the shell opened', async () => {
  const { bridge, cookie, origin } = await pageServer();
  const refused = 'Unexpected server response: 403';
  expect(await bridge({ origin })).toBe(refused);
  expect(await bridge({ cookie })).toBe(refused);
  expect(await bridge({ cookie, origin: 'http://example.org' })).toBe(refused);
  expect(await bridge({ cookie, origin: 'null' })).toBe(refused);
  expect(await bridge({ cookie, origin })).toBe('open');
});

it('who hangs up while being refused does no harm', async () => {
  const { connect: dial, host, page } = await pageServer();
  const calls = Array.from({ length: 100 }, async (_, place) => {
    const socket = dial();
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(upgrade(host));
    await new Promise((resolve) => setTimeout(resolve, place % 5));
    socket.resetAndDestroy();
  });
  await Promise.all(calls);
  expect(await page()).toBe('the kiosk');
});

it('a message too large, or no message at all, ends that bridge only', async () => {
  const { connect: dial, host, origin, cookie, page } = await pageServer();
  const closed = async (bytes: Uint8Array) => {
    const socket = dial();
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.write(upgrade(host, `Origin: ${origin}\r\nCookie: ${cookie}\r\n`));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.resume().write(bytes);
    await gone;
  };
  await closed(Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0]));
  await closed(Uint8Array.from([0x82, 0xfe, 0xff, 0xff, 1, 2, 3, 4]));
  expect(await page()).toBe('the kiosk');
});

it('nothing outside of the page’s folder is served', async () => {
  const { connect: dial, host, cookie } = await pageServer();
  const get = async (path: string) => {
    const socket = dial();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  };
  expect(await get('/index.html')).toContain('the kiosk');
  for (const path of [
    '/../settings.json',
    '/%2e%2e/settings.json',
    '/..%2fsettings.json',
    '//../settings.json',
    '/%00',
  ]) {
    expect(await get(path)).not.toContain('the secret');
  }
});

it('ends though a browser holds a connection ready that has asked for nothing yet', async () => {
  const server = await pageServer();
  const { origin } = server;
  const ready = server.connect();
  await new Promise((resolve) => ready.once('connect', resolve));
  await server.close();
  await expect(fetch(origin)).rejects.toThrow('fetch failed');
});

it('ends though its pages come back the moment they are sent away', async () => {
  const server = await pageServer();
  const { cookie, host, origin } = server;
  let opened = 0;
  let refused = 0;
  const comeBack = (): void => {
    const socket = new WebSocket(`ws://${host}/bridge`, { headers: { cookie, origin } });
    socket.once('open', () => {
      opened += 1;
      socket.once('close', comeBack);
    });
    socket.once('error', () => {
      refused += 1;
    });
  };
  for (let page = 0; page < 6; page += 1) comeBack();
  await expect.poll(() => opened).toBe(6);
  await server.close();
  await expect.poll(() => refused).toBe(6);
  await expect(fetch(origin)).rejects.toThrow('fetch failed');
});
