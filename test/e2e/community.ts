import { type Browser, type ElectronApplication, type Locator, type Page, test as base } from '@playwright/test';
import { rmSync } from 'node:fs';
import { maskName } from '#shared/people/masked-name.ts';
import { createLendingQueries } from '#electron/store/lending-queries.ts';
import { startWorld, type World, type WorldItem } from '../../scripts/demo/world.ts';
import type { Station } from '../../scripts/demo/station.ts';
import { openForReading } from '../../scripts/tool/event-files.ts';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { createTranslate } from '#shared/i18n/translate.ts';
import { electronMissing, openInElectron } from './electron-shell.ts';

export const zh = createTranslate(kioskMessages, 'zh');
export const en = createTranslate(kioskMessages, 'en');

/** The tests are written once; this says in which shell the kiosk pages run. */
const shell = process.env['SHELL_UNDER_TEST'] ?? 'browser';

export interface Community extends World {
  /** Opens a station's kiosk page and waits until its devices are ready and it has something to lend. */
  openKiosk(station: Station): Promise<Page>;
  openConsole(account?: string): Promise<Page>;
  openAnyPage(url: string): Promise<Page>;
  /** The masked name of a seeded resident, as it is on screens. */
  masked(resident: number): string;
  /** The console's page of open loans. */
  openLoans(): Promise<Page>;
  /** What a station's own database says of an item now. */
  knows(station: Station, item: string, what?: 'status' | 'name' | 'exceptions'): string;
  /** The nth seeded umbrella at home at a station. */
  umbrella(station: Station, nth?: number): WorldItem;
}

/** A fresh community for each test: server, two stations, emulated devices, all as processes of their own. */
export const test = base.extend<{ community: Community; terminals: number }>({
  terminals: [1, { option: true }],
  community: async ({ browser, terminals }: { browser: Browser; terminals: number }, use, info) => {
    const missing = shell === 'electron' ? electronMissing() : null;
    info.skip(missing !== null, missing ?? '');
    const folder = info.outputPath('community');
    rmSync(folder, { recursive: true, force: true });
    const world = await startWorld({ folder, terminals, fixedPorts: false, log: () => {} });
    const pages: Page[] = [];
    const apps: ElectronApplication[] = [];
    const openShell = async (station: Station): Promise<Page> => {
      if (shell === 'electron') {
        const { app, page } = await openInElectron(station);
        apps.push(app);
        return page;
      }
      const page = await newPage(1080, 1920);
      await page.goto(await station.newLink());
      return page;
    };
    const newPage = async (width: number, height: number): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
      pages.push(page);
      return page;
    };
    const openConsole = async (account = 'admin'): Promise<Page> => {
      const page = await newPage(1440, 900);
      await page.goto(world.server.url);
      await page.getByLabel('账号').fill(account);
      await page.getByLabel('密码').fill(world.server.adminPassword);
      await page.getByRole('button', { name: '登录' }).click();
      await page.getByRole('heading', { name: '总览', level: 1 }).waitFor();
      return page;
    };
    await use({
      ...world,
      openConsole,
      async openLoans() {
        const page = await openConsole();
        await page.getByRole('navigation').getByRole('link', { name: '借用中' }).click();
        await page.getByRole('heading', { name: '借用中', level: 1 }).waitFor();
        return page;
      },
      masked: (resident) => maskName(world.residents[resident]?.card.name ?? ''),
      async openKiosk(station) {
        const page = await openShell(station);
        await page.getByRole('heading', { name: zh('idle.title') }).waitFor();
        await page.getByText('雨伞').first().waitFor();
        return page;
      },
      async openAnyPage(url) {
        const page = await newPage(1080, 1920);
        await page.goto(url);
        return page;
      },
      knows(station, item, what = 'status') {
        const db = openForReading(station.databasePath);
        const state = createLendingQueries(db).item(item);
        db.close();
        if (what === 'status') return state?.status ?? 'unknown';
        if (what === 'name') return state?.loan?.name ?? '';
        return (state?.exceptions ?? []).map(({ kind }) => kind).join(' ');
      },
      umbrella(station, nth = 0) {
        const own = world.items.filter((item) => item.home === station.station && item.typeName.zh === '雨伞');
        const item = own[nth];
        if (item === undefined) throw new Error(`no umbrella ${nth} at ${station.station}`);
        return item;
      },
    });
    await Promise.all([...pages, ...apps].map((open) => open.close()));
    await world.close();
  },
});

export { expect } from '@playwright/test';

/** For what only the browser shell has: a process and links of its own. */
export function inBrowserShellOnly(): void {
  test.skip(shell === 'electron', 'browser shell only');
}

/** Longer than the scanner's driver takes the same label for one scan held too long. */
export const SAME_LABEL_MS = 1_700;
/** A new sheet ignores "done" and "cancel" for a moment: a double tap must not wave it away unread. */
const NEW_SHEET_MS = 700;

/** The button of a line that says that this umbrella is lent: a tap on it gives the umbrella back. */
export function lentUmbrella(page: Page, item: WorldItem): Locator {
  return page.getByRole('button', { name: zh('line.takeBackName', { item: '雨伞', code: item.item }) });
}

/** Presses a button as a person would, who first sees the sheet and then taps. */
export async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.waitFor();
  await page.waitForTimeout(NEW_SHEET_MS);
  await button.click();
}
