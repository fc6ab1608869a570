import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { KIOSK_VIEWS } from '../../fixtures/kiosk-views.ts';
import { type KioskBrowser, type OpenKiosk, startKioskBrowser } from './kiosk-browser.ts';

let browser: KioskBrowser;

beforeAll(async () => {
  browser = await startKioskBrowser();
});
afterAll(() => browser.stop());

let kiosk: OpenKiosk;
beforeEach(async () => {
  kiosk = await browser.open(KIOSK_VIEWS.idle);
});
afterEach(() => kiosk.close());

const heading = (page: Page, name: string) => page.getByRole('heading', { name });

test('each screen says the one thing that matters, and breaks no rule of the policy', async () => {
  const { page, show } = kiosk;
  const said: readonly (readonly [keyof typeof KIOSK_VIEWS, string])[] = [
    ['idle', '借东西，直接扫码'],
    ['idle-no-scanner', '自助借还暂停'],
    ['idle-no-reader', '现在只能还东西'],
    ['fault', '这台机器暂时用不了'],
    ['unknown', '这个码不是驿站的'],
    ['unknown-item', '这件东西还没登记'],
    ['card-unreadable', '没有读到您的身份证'],
    ['not-recorded', '这一次没有记上'],
    ['card', '请刷身份证'],
    ['card-no-reader', '读卡器出了点问题'],
    ['borrow', '王*春'],
    ['borrow-refused', '多功能手摇应急收音机照明灯没有借出'],
    ['borrow-no-scanner', '扫码器出了点问题'],
    ['return', '已归还，谢谢您'],
    ['return-late', '还回来就好，谢谢您'],
    ['receipt', '都记好了，请拿好'],
  ];
  for (const [name, words] of said) {
    show(KIOSK_VIEWS[name]);
    await heading(page, words).waitFor();
  }
  expect(kiosk.complaints).toEqual([]);
});

test('what happened to the records is said on the idle screen, and put away by a tap when it is over', async () => {
  const { page, show, acted } = kiosk;
  const strip = page.locator('.repair');
  show(KIOSK_VIEWS['idle-restoring']);
  await strip.waitFor();
  expect(await strip.innerText()).toContain('已用11月22日 03:00的备份恢复');
  expect(await strip.innerText()).toContain('连上社区服务器后会补齐，可以照常借还');
  expect(await strip.getByRole('button').count()).toBe(0);
  show(KIOSK_VIEWS.card);
  await strip.waitFor({ state: 'detached' });
  show(KIOSK_VIEWS['idle-restored']);
  await strip.getByRole('button', { name: '知道了' }).click();
  await expect.poll(() => acted).toContainEqual({ kind: 'repair-seen' });
  expect(kiosk.complaints).toEqual([]);
});

test('idle shows what is here with numbers, and what is out', async () => {
  const tiles = kiosk.page.locator('.stock-tile');
  await tiles.first().waitFor();
  expect(await tiles.allInnerTexts()).toContain('雨伞\n可借 4');
  expect(await tiles.allInnerTexts()).toContain('轮椅\n现在没有');
});

test.each([
  [1080, 1920],
  [1920, 1080],
  [1280, 800],
  [1024, 768],
])('all twelve types of item are on the idle screen of %i x %i, none cut', async (width, height) => {
  const { page } = kiosk;
  await page.setViewportSize({ width, height });
  const tiles = page.locator('.stock-tile');
  await tiles.first().waitFor();
  /** How far the last tile reaches below what is seen: into the footer, or out of the list's own view. */
  const hidden = () =>
    tiles.evaluateAll((all) => {
      const bottoms = all.map((tile) => tile.getBoundingClientRect().bottom);
      const seen = ['main', '.stock'].map((part) => document.querySelector(part)?.getBoundingClientRect().bottom ?? 0);
      return Math.max(0, Math.floor(Math.max(...bottoms) - Math.min(...seen)));
    });
  expect(await tiles.count()).toBe(12);
  expect(await hidden()).toBe(0);
  await page.getByRole('button', { name: 'English' }).tap();
  await heading(page, 'Available now').waitFor();
  expect(await hidden()).toBe(0);
});

test('without a reader nobody is asked for a card, and the way to return is shown', async () => {
  const { page, show } = kiosk;
  show(KIOSK_VIEWS['idle-no-reader']);
  await page.getByRole('list', { name: '怎么还' }).waitFor();
  expect(await page.getByText('刷身份证', { exact: true }).count()).toBe(0);
  expect(await heading(page, '现在这里能借').count()).toBe(0);
  show(KIOSK_VIEWS['card-no-reader']);
  await heading(page, '读卡器出了点问题').waitFor();
  expect(await heading(page, '请刷身份证').count()).toBe(0);
});

test('old loans: how many are due back is said, and what was due first comes first', async () => {
  const { page, show } = kiosk;
  show(KIOSK_VIEWS['borrow-old-loans']);
  await page.getByText('有 5 件该还了，还来就好').waitFor();
  expect(await page.locator('.holding .line__due').first().innerText()).toBe('10月3日就该还了');
});

test('a device that goes away moves no button', async () => {
  const { page, show } = kiosk;
  const large = page.getByRole('button', { name: '大字' });
  const before = await large.boundingBox();
  show(KIOSK_VIEWS['idle-no-scanner']);
  await page.getByText('读卡器没有反应').waitFor();
  expect(await large.boundingBox()).toEqual(before);
});

test('borrowed items show when they are due; a tap gives one back, another ends it', async () => {
  const { page, acted, show } = kiosk;
  show(KIOSK_VIEWS.borrow);
  await page.getByText('最晚11月25日还').waitFor();
  await page.getByText('最晚今天14:25还').waitFor();
  await page.getByRole('button', { name: '退回 充电宝 HF-000107' }).tap();
  await expect.poll(() => acted).toContainEqual({ kind: 'take-back', line: '2' });
  await page.waitForTimeout(700);
  await page.getByRole('button', { name: '好了，拿走' }).tap();
  await expect.poll(() => acted).toContainEqual({ kind: 'done' });
  expect(acted).toContainEqual({ kind: 'stay' });
});

test('beside a refusal the button says how many others may be taken', async () => {
  kiosk.show(KIOSK_VIEWS['borrow-refused']);
  await heading(kiosk.page, '王*春').waitFor();
  expect(await kiosk.page.getByRole('button', { name: '好了，拿走另外 2 件' }).isEnabled()).toBe(true);
});

test('a refusal says why and what helps; offline is said and blocks nothing', async () => {
  kiosk.show(KIOSK_VIEWS['borrow-many']);
  await heading(kiosk.page, '王*春').waitFor();
  const text = await kiosk.page.locator('body').innerText();
  expect(text).toContain('没有借出：每人最多借 1 件');
  expect(text).toContain('先把借的那件还了，才能再借');
  expect(text).toContain('已存本机，稍后上传');
  expect(await kiosk.page.getByRole('button', { name: '好了，拿走' }).isEnabled()).toBe(true);
});

describe('language, text size and contrast', () => {
  test('are one tap away and forgotten with the person', async () => {
    const { page, show } = kiosk;
    await page.getByRole('button', { name: '大字' }).tap();
    await page.getByRole('button', { name: '高对比' }).tap();
    await page.getByRole('button', { name: 'English' }).tap();
    await heading(page, 'Just scan to borrow').waitFor();
    const html = page.locator('html');
    expect(await html.getAttribute('lang')).toBe('en-GB');
    expect(await html.getAttribute('data-text')).toBe('large');
    expect(await html.getAttribute('data-contrast')).toBe('high');
    show(KIOSK_VIEWS.borrow);
    await page.getByText('Due by 25 November').waitFor();
    show(KIOSK_VIEWS.idle);
    await heading(page, '借东西，直接扫码').waitFor();
    expect(await html.getAttribute('lang')).toBe('zh-CN');
    expect(await html.getAttribute('data-text')).toBe('normal');
  });
});

test('a core that goes away leaves nothing of anybody on the screen', async () => {
  const { page, show, server } = kiosk;
  show(KIOSK_VIEWS.borrow);
  await heading(page, '王*春').waitFor();
  await server.close();
  await heading(page, '马上就好').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('王*春');
});

test('keys, menus, selection and dragging do nothing', async () => {
  const { page } = kiosk;
  await heading(page, '借东西，直接扫码').waitFor();
  const prevented = await page.evaluate(() =>
    ['contextmenu', 'dragstart', 'drop', 'selectstart', 'keydown', 'paste', 'copy'].filter((type) => {
      const event = new Event(type, { bubbles: true, cancelable: true });
      document.querySelector('h1')?.dispatchEvent(event);
      return !event.defaultPrevented;
    }),
  );
  expect(prevented).toEqual([]);
  await page.getByRole('button', { name: 'English' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+A');
  expect(await heading(page, '借东西，直接扫码').count()).toBe(1);
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
});
