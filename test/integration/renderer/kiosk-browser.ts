import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { type ContentSource, NO_CONTENT } from '#electron/core/content/content-source.ts';
import { createKioskRouter } from '#electron/core/kiosk-router.ts';
import { createPageServer } from '#electron/shell/page-server.ts';
import type { KioskAction, KioskView } from '#shared/contract/kiosk.ts';
import { VIEWED_AT } from '../../fixtures/kiosk-views.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Builds the kiosk page and starts a browser for it. */
export async function startKioskBrowser() {
  const pageDir = mkdtempSync(join(tmpdir(), 'red-sail-page-'));
  const configFile = join(ROOT, 'renderer/vite.config.ts');
  await build({ configFile, mode: 'kiosk', logLevel: 'error', build: { outDir: pageDir } });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });

  /** The built page in a real browser, served as the browser shell serves it; the test is the core. */
  async function open(first: KioskView, time: 'fixed' | 'real' = 'fixed', content: ContentSource = NO_CONTENT) {
    let view = first;
    const listeners = new Set<(view: KioskView) => void>();
    const acted: KioskAction[] = [];
    const router = createKioskRouter(
      {
        view: () => view,
        subscribe(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        act: (action) => void acted.push(action),
      },
      content,
    );
    const server = await createPageServer({ pageDir, router, content, port: 0, terminal: 'LD-01' });
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    // It changes the times of events, too.
    if (time === 'fixed') await page.clock.setFixedTime(VIEWED_AT);
    await page.goto(server.newLink());
    return {
      page,
      acted,
      complaints,
      server,
      show: (next: KioskView): void => {
        view = next;
        for (const listener of listeners) listener(next);
      },
      async close(): Promise<void> {
        await page.close();
        await server.close();
      },
    };
  }

  return {
    open,
    async stop(): Promise<void> {
      await browser.close();
      rmSync(pageDir, { recursive: true, force: true });
    },
  };
}
export type KioskBrowser = Awaited<ReturnType<typeof startKioskBrowser>>;
export type OpenKiosk = Awaited<ReturnType<KioskBrowser['open']>>;
