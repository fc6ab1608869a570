import { join } from 'node:path';
import type { Page } from 'playwright';
import { createKioskRouter, type KioskSource } from '#electron/core/kiosk-router.ts';
import { createPageServer } from '#electron/shell/page-server.ts';
import type { KioskView } from '#shared/contract/kiosk.ts';
import { KIOSK_VIEWS, VIEWED_AT } from '../../test/fixtures/kiosk-views.ts';
import { createLeafletShowcase, shootLeaflets } from './kiosk-leaflets.ts';
import { accessibilityFaults, layoutFaults } from './faults.ts';
import { lonelyWords } from './lonely-words.ts';
import { LANGUAGES, type CaptureOptions, type Look, MODES, type ShotPage, shotFile } from './page-shots.ts';

const LOOKS: readonly Look[] = [
  ...[
    { width: 1080, height: 1920 },
    { width: 1920, height: 1080 },
  ].flatMap((shape) => LANGUAGES.flatMap((language) => MODES.map((mode): Look => ({ language, mode, ...shape })))),
  { language: 'zh', mode: 'normal', width: 1280, height: 800 },
  { language: 'zh', mode: 'normal', width: 1024, height: 768 },
];

/** A terminal core that shows whatever view it is given. */
function createShowcase(first: KioskView) {
  let current = first;
  let seq = 0;
  let listener: ((view: KioskView) => void) | null = null;
  const source: KioskSource = {
    view: () => current,
    subscribe(newListener) {
      listener = newListener;
      return () => {
        listener = null;
      };
    },
    act() {},
  };
  return {
    source,
    show(view: KioskView): void {
      seq += 1;
      current = { ...view, seq };
      listener?.(current);
    },
  };
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    // A list measures itself, then its cue comes and takes room from it, and it measures itself again.
    for (let frames = 0; frames < 6; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

/** On the idle screen, as a person would: the page forgets it with each sheet that ends. */
async function choose(page: Page, { language, mode }: Look): Promise<void> {
  if (mode === 'large') await page.getByRole('button', { name: '大字' }).click();
  if (mode === 'contrast') await page.getByRole('button', { name: '高对比' }).click();
  if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
}

/** A picture under the wrong name would be looked at for nothing. */
async function lookFaults(page: Page, { language, mode }: Look): Promise<string[]> {
  const { lang, text, contrast } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    text: document.documentElement.dataset['text'],
    contrast: document.documentElement.dataset['contrast'],
  }));
  const right =
    lang.startsWith(language) &&
    text === (mode === 'large' ? 'large' : 'normal') &&
    contrast === (mode === 'contrast' ? 'high' : 'normal');
  return right ? [] : [`pictured in another look: ${lang}, text ${text}, contrast ${contrast}`];
}

/** Smallest sizes at 1080 px of the shorter side (screens.md), scaled with the page. */
function limitsAt({ width, height }: Look) {
  const scale = Math.min(width, height) / 1080;
  return { target: 72 * scale, gap: 16 * scale };
}

async function captureLook(look: Look, { browser, pageDir, folder, only, onShot }: CaptureOptions): Promise<void> {
  const showcase = createShowcase(KIOSK_VIEWS.idle);
  const leaflets = createLeafletShowcase();
  const server = await createPageServer({
    pageDir,
    router: createKioskRouter(showcase.source, leaflets.source),
    content: leaflets.source,
    port: 0,
    terminal: 'screenshots',
  });
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    await page.clock.setFixedTime(VIEWED_AT);
    await page.goto(server.newLink());
    await page.locator('.page').waitFor();

    let footer: number | null = null;
    /** Buttons of the footer stay where they are, whatever a device does. */
    const footerFaults = async (): Promise<string[]> => {
      const box = await page.locator('.footer').boundingBox({ timeout: 0 });
      if (box === null) return [];
      footer ??= box.height;
      return box.height === footer ? [] : [`the footer is ${box.height} px high, before it was ${footer}`];
    };
    const shoot = async (screen: string) => {
      await settle(page);
      const file = shotFile(screen, look);
      await page.screenshot({ path: join(folder, file) });
      const faults = [
        ...(await lookFaults(page, look)),
        ...(await layoutFaults(page, limitsAt(look))),
        ...(await lonelyWords(page)),
        ...(screen === 'connecting' ? [] : await footerFaults()),
        ...(await accessibilityFaults(page)),
        ...said.splice(0),
      ];
      onShot({ screen, look, file, faults });
    };
    let chosen = false;
    for (const [screen, view] of Object.entries(KIOSK_VIEWS)) {
      if (!screen.includes(only)) continue;
      // By way of the idle screen, so that no screen keeps its scroll position from the one before.
      showcase.show(KIOSK_VIEWS.idle);
      await settle(page);
      if (!chosen) await choose(page, look);
      chosen = view.sheet.kind === 'idle';
      showcase.show(view);
      await shoot(screen);
    }
    if ('leaflets'.startsWith(only) || only.startsWith('leaflet') || only === 'emergency') {
      showcase.show(KIOSK_VIEWS.unknown);
      showcase.show(KIOSK_VIEWS.idle);
      await settle(page);
      await choose(page, look);
      if (only !== 'emergency') await shootLeaflets(page, look, shoot);
      leaflets.show(true, false);
      await page.locator('.emergency').waitFor();
      await shoot('leaflet-emergency');
      leaflets.show(true, true);
      await page.locator('.emergency-strip').waitFor();
      await shoot('leaflet-emergency-seen');
      leaflets.show(false, false);
      await settle(page);
      chosen = true;
    }
    if ('connecting'.includes(only)) {
      if (!chosen) {
        showcase.show(KIOSK_VIEWS.idle);
        await settle(page);
        await choose(page, look);
      }
      // That its calls now fail is what this picture is about.
      page.removeAllListeners('console');
      await server.close();
      await page.locator('.full-screen').waitFor();
      await shoot('connecting');
    }
  } finally {
    await context.close();
    await server.close();
  }
}

/** The kiosk page on every screen a resident can meet, served as the browser shell serves it. */
export const kioskShots: ShotPage = {
  name: 'kiosk',
  async capture(options) {
    for (const look of LOOKS) await captureLook(look, options);
  },
};
