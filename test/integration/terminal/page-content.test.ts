import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createKioskRouter } from '#electron/core/kiosk-router.ts';
import { faultView } from '#electron/core/kiosk-view.ts';
import { contentFile } from '#electron/shell/content-files.ts';
import { createPageServer } from '#electron/shell/page-server.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';

const BYTES = Buffer.from('0123456789'.repeat(20_000));
const HASH = createHash('sha256').update(BYTES).digest('hex');

function files() {
  const folder = temporaryFolder();
  writeFileSync(join(folder, HASH), BYTES);
  return {
    folder,
    content: {
      file: (hash: string) =>
        hash === HASH ? { path: join(folder, HASH), type: 'image/png' as const, bytes: BYTES.length } : null,
    },
  };
}

async function pageServer() {
  const { folder, content } = files();
  const pageDir = join(folder, 'page');
  mkdirSync(pageDir);
  writeFileSync(join(pageDir, 'index.html'), 'the kiosk');
  const view = faultView('LD-1', 'LD', 'Asia/Shanghai', 'database');
  const router = createKioskRouter({ view: () => view, subscribe: () => () => {}, act: () => {} });
  const server = await createPageServer({ pageDir, router, content, port: 0, terminal: 'LD-1' });
  onTestFinished(() => server.close());
  const entered = await fetch(server.newLink(), { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (path: string, headers: Record<string, string> = { cookie }) => fetch(server.origin + path, { headers });
}

it('a leaflet’s file goes to the page inside, whole and in ranges, as what it was approved as', async () => {
  const get = await pageServer();
  const whole = await get(`/content/${HASH}`);
  expect([whole.status, whole.headers.get('content-type'), whole.headers.get('x-content-type-options')]).toEqual([
    200,
    'image/png',
    'nosniff',
  ]);
  expect(whole.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  expect(Buffer.from(await whole.arrayBuffer()).equals(BYTES)).toBe(true);
  expect(await get(`/content/${HASH}`, {}).then(({ status }) => status)).toBe(403);
});

it.each([
  ['bytes=5-9', 206, 'bytes 5-9/200000', '56789'],
  ['bytes=199995-', 206, 'bytes 199995-199999/200000', '56789'],
  ['bytes=-5', 206, 'bytes 199995-199999/200000', '56789'],
  ['bytes=0-0', 206, 'bytes 0-0/200000', '0'],
  ['bytes=200000-', 416, 'bytes */200000', ''],
  ['bytes=-0', 416, 'bytes */200000', ''],
])('%s', async (range, status, told, text) => {
  const { content } = files();
  const answer = contentFile(content, `/content/${HASH}`, range);
  expect([answer?.status, answer?.headers.get('content-range'), await answer?.text()]).toEqual([status, told, text]);
});

it('a range that is none gives the whole file', async () => {
  const { content } = files();
  for (const range of ['bytes=9-5', 'bytes=a-b', 'bytes=0-1,3-4', 'lines=1-2', '']) {
    const answer = contentFile(content, `/content/${HASH}`, range);
    expect([answer?.status, (await answer?.arrayBuffer())?.byteLength]).toEqual([200, BYTES.length]);
  }
});

it('nothing else is served, however it is asked for', async () => {
  const get = await pageServer();
  for (const name of ['0'.repeat(64), HASH.toUpperCase(), `${HASH}x`, '..%2findex.html', '%00', '', `${HASH}/x`]) {
    expect([name, (await get(`/content/${name}`)).status]).toEqual([name, 404]);
  }
});

it('a file that is gone by the time it is read ends the answer and nothing else', async () => {
  const gone = { file: () => ({ path: '/nowhere/at/all', type: 'image/png' as const, bytes: 10 }) };
  await expect(contentFile(gone, `/content/${HASH}`, null)?.text()).rejects.toThrow('ENOENT');
});
