import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { COMMUNITY_KEY, temporaryFolder } from '../../fixtures/ledger-world.ts';

const readyLine = z.object({ ready: z.literal(true), url: z.url() });

/** A process whose log goes to a disk that is full. Its address once it is ready; null where it ends before. */
async function startOnFullDisk(script: string, args: readonly string[], env: Record<string, string>) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [script, ...args], {
    cwd: join(import.meta.dirname, '../../..'),
    env: { ...inherited, NODE_NO_WARNINGS: '1', ...env },
    stdio: ['ignore', 'pipe', full],
  });
  closeSync(full);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  if (child.stdout === null) throw new Error('a pipe was asked for');
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), once(child, 'close')]);
  const ready = typeof line === 'string' ? readyLine.parse(JSON.parse(line)) : null;
  return { url: ready?.url ?? null, ended: once(child, 'close'), stop: () => child.kill('SIGTERM') };
}

it('a terminal that can’t write its log goes on', async () => {
  const data = temporaryFolder();
  const settings = {
    terminal: 'LD-1',
    station: 'LD',
    server: { url: 'http://127.0.0.1:9' },
    revocation: 'ab'.repeat(32),
    communityKey: COMMUNITY_KEY,
    scanner: { path: '/nonexistent/scanner' },
    cardReader: { path: '/nonexistent/reader' },
  };
  writeFileSync(join(data, 'settings.json'), JSON.stringify(settings));
  // The log has its first lines from the server that is not there.
  const args = ['--data', data, '--window', 'none', '--page', temporaryFolder()];
  const { url, ended, stop } = await startOnFullDisk('electron/browser.ts', args, {});
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const entered = await fetch(url ?? 'http://127.0.0.1:9', { redirect: 'manual' });
  expect(entered.status).toBe(302);
  stop();
  expect((await ended)[0]).toBe(0);
});

it('a server that can’t write its log goes on', async () => {
  const data = temporaryFolder();
  const demo = join(data, 'community.json');
  writeFileSync(demo, JSON.stringify({ communityKey: COMMUNITY_KEY, adminPassword: 'in-tests' }));
  const env = { PORT: '0', DATA_DIR: data, PAGE_DIR: '/nonexistent' };
  const { url, ended, stop } = await startOnFullDisk('server/main.ts', ['--demo', demo], env);
  expect((await fetch(url ?? 'http://127.0.0.1:9')).status).toBe(200);
  stop();
  expect((await ended)[0]).toBe(0);
});
