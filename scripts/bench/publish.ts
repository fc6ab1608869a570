import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { signWith } from '#renderer/console/releases/signing-key.ts';
import { ALWAYS } from '#shared/content/leaflet.ts';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { launchChromium } from '../browser/chromium.ts';
import { signInAtConsole } from '../demo/console-client.ts';
import { startWorld } from '../demo/world.ts';
import { printMeasure, quantile } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { pokeProxy } from './poke-proxy.ts';

const TERMINALS = 12;
const ROUNDS = 6;
const ROUNDS_WITHOUT_PUSH = 3;
/** A terminal that has not painted by then never will. */
const PATIENCE_MS = 180_000;
/** Targets of measures.md, milliseconds. */
const TARGET_MS = 3000;
const TARGET_WITHOUT_PUSH_MS = 35_000;

/** Notes in the page when each text was first in the idle screen's strip, on the clock of all pages of this machine. */
async function watchStrip(page: Page): Promise<void> {
  await page.evaluate(() => {
    const painted: Record<string, number> = {};
    Object.assign(globalThis, { painted });
    new MutationObserver(() => {
      const text = document.querySelector('.leaflet-strip__newest')?.textContent ?? '';
      if (text in painted) return;
      requestAnimationFrame(() =>
        setTimeout(() => {
          painted[text] ??= performance.timeOrigin + performance.now();
        }),
      );
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

async function paintedAt(page: Page, title: string): Promise<number> {
  const found = await page.waitForFunction(
    (text) => (globalThis as unknown as { painted: Record<string, number> }).painted[text],
    title,
    { timeout: PATIENCE_MS, polling: 100 },
  );
  const at: unknown = await found.jsonValue();
  if (typeof at !== 'number') throw new Error('the page has noted something else');
  return at;
}

function noKey(): never {
  throw new Error('the demo’s reviewer has a key');
}

/** From an approver's tap on "publish" to the new leaflet painted on idle kiosk screens; then with the push channel dead. */
export async function run({ terminals }: BenchOptions): Promise<void> {
  const folder = join(import.meta.dirname, '../../out/bench-publish');
  rmSync(folder, { recursive: true, force: true });
  const ways: { proxy: Awaited<ReturnType<typeof pokeProxy>> | null } = { proxy: null };
  const world = await startWorld({
    folder,
    terminals: terminals ?? TERMINALS,
    fixedPorts: false,
    async wayToServer(serverUrl) {
      ways.proxy ??= await pokeProxy(serverUrl);
      return ways.proxy.url;
    },
    log: (text) => console.error(text),
  });
  const browser = await launchChromium();
  try {
    const pages: Page[] = [];
    for (const station of world.terminals) {
      const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
      await page.goto(await station.newLink());
      await page.getByText(kioskMessages['reading.open'].zh).waitFor({ timeout: PATIENCE_MS });
      await watchStrip(page);
      pages.push(page);
    }
    const { url, adminPassword } = world.server;
    const editor = await signInAtConsole(url, 'editor', adminPassword);
    const reviewer = await signInAtConsole(url, 'reviewer', adminPassword);
    const { keyid, wrapped } = (await reviewer.releases.myKey()) ?? noKey();

    async function approveOne(title: string): Promise<void> {
      const draft = await editor.leaflets.create({
        content: {
          title: { zh: title },
          summary: { zh: '为测量而写' },
          category: 'other',
          tags: [],
          // First in the strip of the idle screen.
          priority: 'pinned',
          audience: { kind: 'all' },
          window: ALWAYS,
          body: { kind: 'notice', text: { zh: title } },
        },
      });
      const { leaflet, version, revision } = await editor.leaflets.submit(draft);
      await reviewer.leaflets.approve({ leaflet, version, revision });
    }

    /** Milliseconds until each of the screens had it. */
    async function publishOne(title: string): Promise<number[]> {
      // A screen that nobody touched for a minute shows slides, where the strip is not.
      await Promise.all(pages.map((page) => page.mouse.click(540, 20)));
      await approveOne(title);
      const prepared = await reviewer.releases.prepare();
      const signature = await signWith(wrapped, adminPassword, prepared.toSign);
      if (!signature.ok) throw new Error(signature.error);
      const begun = performance.timeOrigin + performance.now();
      await reviewer.releases.publish({
        hash: prepared.hash,
        keyid,
        signature: signature.value,
        waves: [],
      });
      const painted = await Promise.all(pages.map((page) => paintedAt(page, title)));
      return painted.map((at) => at - begun);
    }

    async function measure(metric: string, rounds: number, reference: { name: string; value: number }): Promise<void> {
      const took: number[] = [];
      for (let round = 1; round <= rounds; round += 1)
        took.push(...(await publishOne(`${metric.replaceAll('-', ' ')} ${round}`)));
      console.error(`${metric}: ${took.length} screens, median ${Math.round(quantile(took, 0.5))} ms`);
      printMeasure({ metric: `${metric}-p95`, value: quantile(took, 0.95), unit: 'ms', reference });
    }

    await publishOne('warm up');
    await measure('publish', ROUNDS, { name: 'the 3 s of measures.md', value: TARGET_MS });
    ways.proxy?.killPush();
    await measure('publish-without-push', ROUNDS_WITHOUT_PUSH, {
      name: 'the 35 s of measures.md',
      value: TARGET_WITHOUT_PUSH_MS,
    });
  } finally {
    await browser.close();
    await world.close();
    ways.proxy?.close();
  }
}
