import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { pino } from 'pino';
import { createServer } from '#server/create-server.ts';
import { createWorldClock, fillConsoleWorld } from './console-world.ts';
import { LANGUAGES, type CaptureOptions, type Look, type ShotPage, shotFile } from './page-shots.ts';
import { listenForComplaints, webFaults } from './web-faults.ts';

const PASSWORD = 'only-for-pictures';

const LOOKS: readonly Look[] = [
  { width: 1440, height: 900 },
  { width: 360, height: 800 },
].flatMap((shape) => LANGUAGES.map((language): Look => ({ language, mode: 'normal', ...shape })));

const SCREENS = [
  ['overview', '#/'],
  ['items', '#/items'],
  ['items-filtered', '#/items?station=LD&status=in-stock&sort=type'],
  ['loans', '#/loans'],
  ['events', '#/events'],
  ['terminals', '#/terminals'],
  ['leaflets', '#/leaflets'],
  ['leaflets-schedule', '#/leaflets?view=schedule&from=2026-11-20'],
  ['leaflets-groups', '#/leaflets?groups=true'],
  ['leaflets-none', '#/leaflets?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E6%A0%B7%E7%9A%84'],
  ['leaflet', '#/leaflets?leaflet=01990000-0000-7000-8000-000000000007'],
  ['leaflet-pictures', '#/leaflets?leaflet=01990000-0000-7000-8000-00000000000c'],
  ['releases', '#/releases'],
  ['audit', '#/audit'],
  ['audit-refused', '#/audit?refused=true'],
  ['people', '#/people'],
  ['people-person', '#/people?account=editor'],
  ['people-new', '#/people?fresh=true'],
  ['my-account', '#/my-account'],
  ['set-aside', '#/set-aside?settled=true'],
  ['set-aside-empty', '#/set-aside?terminal=QH-1'],
  ['not-found', '#/nowhere'],
] as const;

async function signIn(page: Page, { language }: Look, account = 'admin'): Promise<void> {
  const zh = language === 'zh';
  await page.getByRole('textbox', { name: zh ? '账号' : 'Account' }).fill(account);
  await page.getByRole('textbox', { name: zh ? '密码' : 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: zh ? '登录' : 'Sign in' }).click();
  await page.getByRole('navigation').waitFor();
}

/** Twice in the list; the newer one is settled. */
const AHEAD = /终端时钟快了|Clock ahead/;

/** One that can be let in, with the question before it is; one whose raw text is markup. */
async function shootEntries(page: Page, shoot: (screen: string) => Promise<void>): Promise<void> {
  const open = async (reason: RegExp) => {
    const row = page.locator('.reason', { hasText: reason }).nth(reason === AHEAD ? 1 : 0);
    await row.locator('xpath=ancestor::*[self::tr or self::li]').getByRole('button').click();
    await page.locator('dialog .raw').waitFor();
  };
  const close = () => page.getByRole('button', { name: /^(关闭|Close)$/ }).click();
  await open(AHEAD);
  await shoot('set-aside-entry');
  await page.getByRole('button', { name: /^(让它入账|Let it in)$/ }).click();
  await shoot('set-aside-let-in');
  await close();
  await open(/看不懂的内容|Unreadable/);
  await shoot('set-aside-unreadable');
  await close();
}

/** A new notice with something missing; a draft that is changed. */
async function shootEditor(page: Page, url: string, shoot: (screen: string) => Promise<void>): Promise<void> {
  await page.goto(`${url}/#/leaflets`);
  await page.getByRole('button', { name: /^(写一份|Write one)$/ }).click();
  await page.getByRole('button', { name: /^(保存草稿|Save the draft)$/ }).click();
  await page.getByRole('alert').first().waitFor();
  await shoot('leaflet-editor-new');
  await page.goto(`${url}/#/leaflets?leaflet=01990000-0000-7000-8000-000000000010`);
  await page.reload();
  await page.getByRole('button', { name: /^(修改|Edit)$/ }).click();
  await shoot('leaflet-editor');
  await page.goto(`${url}/#/leaflets`);
  await page.reload();
  await page.getByRole('button', { name: /^(写一份|Write one)$/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('combobox', { name: /^(形式|Kind)$/ })
    .click();
  await page.getByTitle(/^(视频|Video)$/).click();
  await page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
  await shoot('leaflet-editor-film');
}

/** What would be published, and where one's own key is made. */
async function shootPublishing(page: Page, url: string, shoot: (screen: string) => Promise<void>): Promise<void> {
  await page.goto(`${url}/#/releases`);
  await page.getByRole('button', { name: /^(看看要发布什么|See what would be published)$/ }).click();
  await page.locator('.release-titles').first().waitFor();
  await shoot('releases-publish');
}

async function captureLook(look: Look, url: string, { browser, folder, only, onShot }: CaptureOptions): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    const complaints = listenForComplaints(page);
    await page.goto(url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (look.language === 'en') await page.getByRole('button', { name: 'English' }).click();
    const shoot = async (screen: string) => {
      if (!screen.includes(only)) return;
      // Of several, whichever is left.
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      await page.evaluate(() => document.fonts.ready);
      // A pointer left over a row would light it up.
      await page.mouse.move(0, 0);
      const file = shotFile(screen, look);
      // A dialog stands in the window, not on the page.
      const fullPage = (await page.locator('dialog[open]').count()) === 0;
      await page.screenshot({ path: join(folder, file), fullPage });
      onShot({ screen, look, file, faults: [...(await webFaults(page)), ...complaints()] });
    };
    await shoot('sign-in');
    await signIn(page, look);
    for (const [screen, hash] of SCREENS) {
      await page.goto(`${url}/${hash}`);
      await page.locator(hash === '#/nowhere' ? '.empty' : '.live-up').waitFor();
      await shoot(screen);
      if (screen === 'set-aside') await shootEntries(page, shoot);
      if (screen !== 'terminals') continue;
      await page.getByRole('button', { name: /(重新注册|Re-enrol) LD-1/ }).click();
      await page.locator('.enrol-code').waitFor();
      await page.getByRole('button', { name: /停用 LF-1|Revoke LF-1/ }).click();
      await shoot('terminals-code');
    }
    await page.getByRole('button', { name: /^(退出登录|Sign out)$/ }).click();
    await signIn(page, look, 'editor');
    await shootEditor(page, url, shoot);
    await page.goto(`${url}/#/`);
    await page.getByRole('button', { name: /^(退出登录|Sign out)$/ }).click();
    await signIn(page, look, 'reviewer');
    await shootPublishing(page, url, shoot);
  } finally {
    await context.close();
  }
}

/** The console on the real server with the seed data and a few loans, on a desk and on a phone. */
export const consoleShots: ShotPage = {
  name: 'console',
  async capture(options) {
    const folder = await mkdtemp(join(tmpdir(), 'red-sail-console-'));
    const clock = createWorldClock();
    const server = await createServer({
      database: { kind: 'sqlite', path: join(folder, 'server.sqlite') },
      blobDir: join(folder, 'blobs'),
      pageDir: options.pageDir,
      contentKeyFile: join(folder, 'content-keys.json'),
      secureCookies: false,
      communityKey: null,
      logger: pino({ level: 'silent' }),
      now: clock.now,
    });
    try {
      await fillConsoleWorld(server, clock, PASSWORD);
      const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
      for (const look of LOOKS) await captureLook(look, url, options);
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
