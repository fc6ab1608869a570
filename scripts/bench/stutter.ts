import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import sharp from 'sharp';
import { signWith } from '#renderer/console/releases/signing-key.ts';
import { ALWAYS, type LeafletBody } from '#shared/content/leaflet.ts';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { launchChromium } from '../browser/chromium.ts';
import { openConsoleSession, signInAtConsole } from '../demo/console-client.ts';
import { startWorld } from '../demo/world.ts';
import { printMeasure, quantile } from './measure.ts';
import type { BenchOptions } from './options.ts';

/** A heavy set: as many pages as a thick brochure, pictures as a camera makes them. */
const PDF_PAGES = 150;
const PICTURES = 12;
const PICTURE = { width: 4000, height: 3000 };
/** Between two taps: a person in a hurry. */
const TAP_MS = 250;
const QUIET_TAPS = 60;
const PATIENCE_MS = 300_000;
/** Every action answers within this time (screens.md), milliseconds. */
const TARGET_MS = 100;

async function heavyPdf(browser: Browser): Promise<Uint8Array<ArrayBuffer>> {
  const page = await browser.newPage();
  const sheet = (number: number) => {
    const shapes = Array.from(
      { length: 120 },
      (_, n) =>
        `<circle cx="${(n * 37 + number) % 500}" cy="${(n * 91) % 300}" r="${8 + (n % 30)}" fill="hsl(${n * 3} 70% 60% / .5)"/>`,
    ).join('');
    return `<section><h1>第 ${number} 页</h1><svg width="500" height="300">${shapes}</svg><p>${'办事指南，请带身份证。'.repeat(60)}</p></section>`;
  };
  const sheets = Array.from({ length: PDF_PAGES }, (_, n) => sheet(n + 1)).join('');
  await page.setContent(`<style>section{break-after:page}</style>${sheets}`);
  const bytes = await page.pdf({ format: 'A4', printBackground: true });
  await page.close();
  return new Uint8Array(bytes);
}

async function heavyPicture(seed: number): Promise<Uint8Array<ArrayBuffer>> {
  const noise = sharp({
    create: { ...PICTURE, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 120 + seed, sigma: 40 } },
  });
  return new Uint8Array(await noise.jpeg({ quality: 60 }).toBuffer());
}

/** Keeps, in the page, how long each tap took to be painted (Event Timing, duration in steps of 8 ms). */
async function watchTaps(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tookOf = new Map<number, number>();
    Object.assign(globalThis, { tookOf });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { interactionId, duration } = entry as PerformanceEventTiming;
        if (interactionId > 0) tookOf.set(interactionId, Math.max(tookOf.get(interactionId) ?? 0, duration));
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
}

async function takeTaps(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const { tookOf } = globalThis as unknown as { tookOf: Map<number, number> };
    const took = [...tookOf.values()];
    tookOf.clear();
    return took;
  });
}

function noKey(): never {
  throw new Error('the demo’s reviewer has a key');
}

/** Taps until told to stop; what each took, milliseconds. One that is not in the list was painted within 16 ms. */
async function tapUntil(page: Page, isOver: (taps: number) => boolean): Promise<number[]> {
  await takeTaps(page);
  const language = page.getByRole('button', { name: /^(English|中文)$/ });
  let taps = 0;
  while (!isOver(taps)) {
    await language.click();
    taps += 1;
    await page.waitForTimeout(TAP_MS);
  }
  const took = await takeTaps(page);
  return [...took, ...Array.from({ length: Math.max(0, taps - took.length) }, () => 16)];
}

/**
 * A kiosk in use while a heavy set is downloaded, verified, rendered aside and switched to: from each tap to what it paints, against
 * the same taps while nothing comes.
 */
export async function run(_options: BenchOptions): Promise<void> {
  const folder = join(import.meta.dirname, '../../out/bench-stutter');
  rmSync(folder, { recursive: true, force: true });
  const log = (text: string) => console.error(text);
  const world = await startWorld({ folder, terminals: 1, fixedPorts: false, log });
  const browser = await launchChromium();
  try {
    const { url, adminPassword } = world.server;
    const editor = await openConsoleSession(url, 'editor', adminPassword);
    const reviewer = await signInAtConsole(url, 'reviewer', adminPassword);
    const { keyid, wrapped } = (await reviewer.releases.myKey()) ?? noKey();

    async function approve(title: string, body: LeafletBody): Promise<void> {
      const content = {
        title: { zh: title },
        summary: { zh: '为测量而写' },
        category: 'other',
        tags: [],
        priority: 'normal',
        audience: { kind: 'all' },
        window: ALWAYS,
        body,
      } as const;
      const { leaflet, version, revision } = await editor.client.leaflets.submit(
        await editor.client.leaflets.create({ content: { ...content, tags: [] } }),
      );
      await reviewer.leaflets.approve({ leaflet, version, revision });
    }

    const pdf = await editor.upload('heavy.pdf', await heavyPdf(browser));
    if (pdf.file.type !== 'application/pdf') throw new Error('no PDF');
    const pictures = [];
    for (let number = 1; number <= PICTURES; number += 1) {
      const { file } = await editor.upload(`${number}.jpg`, await heavyPicture(number));
      if (!('width' in file)) throw new Error('no picture');
      pictures.push({ file, caption: null });
    }

    const [station] = world.terminals;
    if (station === undefined) throw new Error('no terminal');
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(await station.newLink());
    await page.getByText(kioskMessages['reading.open'].zh).waitFor({ timeout: PATIENCE_MS });
    await watchTaps(page);
    await tapUntil(page, (taps) => taps >= 10);
    const quiet = await tapUntil(page, (taps) => taps >= QUIET_TAPS);

    await approve('重的一本', { kind: 'pdf', file: { zh: pdf.file } });
    await approve('重的图片', { kind: 'pictures', pictures });
    const prepared = await reviewer.releases.prepare();
    const signature = await signWith(wrapped, adminPassword, prepared.toSign);
    if (!signature.ok) throw new Error(signature.error);
    const { release: wanted } = await reviewer.releases.publish({
      hash: prepared.hash,
      keyid,
      signature: signature.value,
      waves: [],
    });
    let isShown = false;
    const phases = new Set<string>();
    const begun = performance.now();
    const watch = (async () => {
      while (!isShown) {
        const { rows } = await reviewer.releases.terminals();
        for (const { report } of rows) if (report !== null) phases.add(report.progress.state);
        isShown = rows.some(({ report }) => report?.showing?.release === wanted);
        if (performance.now() - begun > PATIENCE_MS) throw new Error('the set never came');
        await new Promise((resolve) => {
          setTimeout(resolve, 200);
        });
      }
    })();
    const busy = await tapUntil(page, (taps) => isShown && taps >= QUIET_TAPS);
    await watch;
    log(
      `${busy.length} taps in ${Math.round((performance.now() - begun) / 1000)} s of ${[...phases].join(', ')}; ${quiet.length} before`,
    );
    log(`longest tap: ${Math.max(...busy)} ms, before ${Math.max(...quiet)} ms`);
    const [slow, calm] = [quantile(busy, 0.95), quantile(quiet, 0.95)];
    printMeasure({
      metric: 'stutter-tap-p95',
      value: slow,
      unit: 'ms',
      reference: { name: 'the 100 ms of screens.md', value: TARGET_MS },
    });
    printMeasure({
      metric: 'stutter-tap-p95-to-calm',
      value: slow,
      unit: 'ms',
      reference: { name: 'the same taps while nothing comes', value: calm },
    });
  } finally {
    await browser.close();
    await world.close();
  }
}
