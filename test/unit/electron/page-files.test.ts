import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageFile } from '#electron/shell/page-files.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';

function pageFolder(): string {
  const folder = temporaryFolder();
  const page = join(folder, 'kiosk');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<p>红帆');
  writeFileSync(join(page, 'assets', 'main.js'), 'export {}');
  writeFileSync(join(folder, 'settings.json'), '{"communityKey":"secret"}');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  return page;
}

describe('files of the page in the Electron shell', () => {
  it('are served with their type and the strict policy', async () => {
    const page = pageFolder();
    const index = await pageFile(page, '/');
    expect(await index.text()).toBe('<p>红帆');
    expect(index.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(index.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(index.headers.get('content-security-policy')).not.toMatch(/unsafe|data:|\*/);
    expect((await pageFile(page, '/assets/main.js')).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    );
  });

  it.each([
    '/../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/assets/../../secret.js',
    '/assets/..%5c..%5csecret.js',
    '/../settings.json',
    '/%',
    '/%00.js',
    '/nothing.js',
    '/assets',
  ])('%s leads nowhere', async (path) => {
    const answer = await pageFile(pageFolder(), path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('not found');
  });
});
