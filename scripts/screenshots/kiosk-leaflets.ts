import type { Page } from 'playwright';
import type { ContentSource } from '#electron/core/content/content-source.ts';
import { seedFiles, seedLeaflets } from '#server/seed/leaflets/seed-leaflets.ts';
import { releasedLeafletSchema } from '#shared/content/release.ts';
import type { KioskContent } from '#shared/contract/kiosk-content.ts';
import type { Look } from './page-shots.ts';

const EMERGENCY = '今晚停水';

/** The seed as a release, with the emergency among it or without. */
function released(withEmergency: boolean, confirmed: boolean): KioskContent {
  const leaflets = seedLeaflets()
    .filter(({ content }) => withEmergency || content.title.zh !== EMERGENCY)
    .map(({ id, content: { audience: _audience, ...content } }, place) =>
      releasedLeafletSchema.parse({
        ...content,
        // Kept ready for a day that is not the one of the pictures.
        window: { ...content.window, from: null, until: null },
        id,
        version: 1,
        approvedMs: 1_795_000_000_000 - place * 60_000,
      }),
    );
  const emergency = leaflets.find(({ title }) => title.zh === EMERGENCY);
  return {
    release: 3,
    leaflets,
    stale: confirmed,
    confirmed: confirmed && emergency !== undefined ? [`${emergency.id}/1`] : [],
    toProve: null,
  };
}

/** A core that shows the seed's leaflets. */
export function createLeafletShowcase() {
  const files = new Map<
    string,
    { path: string; type: ReturnType<typeof seedFiles>[number]['file']['type']; bytes: number }
  >(seedFiles().map(({ path, file }) => [file.hash, { path, type: file.type, bytes: file.bytes }]));
  let current = released(false, false);
  let listener: ((content: KioskContent) => void) | null = null;
  const source: ContentSource = {
    view: () => current,
    subscribe(newListener) {
      listener = newListener;
      return () => {
        listener = null;
      };
    },
    act() {},
    file: (hash) => files.get(hash) ?? null,
  };
  return {
    source,
    show(withEmergency: boolean, confirmed: boolean): void {
      current = released(withEmergency, confirmed);
      listener?.(current);
    },
  };
}

const OPENED = [
  ['leaflet-article', '440服务：有事就找它'],
  ['leaflet-notice', '雨天路滑'],
  ['leaflet-pictures', '急救包和打气筒'],
  ['leaflet-video', '看一看：怎么借雨伞'],
  ['leaflet-pdf', '借还手册'],
] as const;

/** The list, the search, and a leaflet of each kind, as a resident comes to them. From the idle screen and back to it. */
export async function shootLeaflets(page: Page, { language }: Look, shoot: (screen: string) => Promise<void>) {
  await page.locator('.leaflet-strip').click();
  await page.locator('.leaflet-cards li').first().waitFor();
  await shoot('leaflets');
  await page.locator('.reading__search').click();
  for (const letter of 'aq') await page.locator('.key', { hasText: new RegExp(`^${letter}$`) }).click();
  await page.locator('.keys__query', { hasText: 'aq' }).waitFor();
  await shoot('leaflets-search');
  await page.locator('.reading__search').click();
  for (const [screen, zh] of OPENED) {
    const title = seedLeaflets().find(({ content }) => content.title.zh === zh)?.content.title;
    await page.getByRole('button', { name: title?.[language] ?? zh, exact: true }).click();
    await page.locator('.reading--open').waitFor();
    await page.waitForLoadState('networkidle');
    if (screen === 'leaflet-pdf') {
      await page.waitForFunction(
        () => (document.querySelector<HTMLCanvasElement>('.reading__sheet canvas')?.style.width ?? '') !== '',
      );
    }
    await shoot(screen);
    await page.locator('.reading__back').click();
  }
  await page.locator('.reading__back').click();
  await page.locator('.idle').waitFor();
}
