import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { KIOSK_VIEWS } from '../../fixtures/kiosk-views.ts';
import { leafletId, testLeaflet } from '../../fixtures/leaflets.ts';
import { madeMp4, madePdf, madePicture, PAGE, streamObject } from '../server/leaflets/uploads/made-files.ts';
import { type KioskBrowser, type OpenKiosk, startKioskBrowser } from './kiosk-browser.ts';
import { createMadeContent, type MadeContent } from './made-content.ts';

const SEED_FILES = join(import.meta.dirname, '../../../server/seed/leaflets/files');

let browser: KioskBrowser;
beforeAll(async () => {
  browser = await startKioskBrowser();
});
afterAll(() => browser.stop());

let content: MadeContent;
let kiosk: OpenKiosk;
beforeEach(async () => {
  content = createMadeContent();
  kiosk = await browser.open(KIOSK_VIEWS.idle, 'fixed', content.source);
});
afterEach(() => kiosk.close());

const emergency = (n: number): ReleasedLeaflet =>
  testLeaflet(n, [], {
    priority: 'emergency',
    title: { zh: '今晚停水', en: 'No water tonight' },
    body: { kind: 'notice', text: { zh: '请先**接好水**。', en: 'Please fill a bucket.' } },
  });

/** Pages with a black box each. */
function drawnPdf(pages: number): Buffer {
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents ${3 + pages} 0 R >>`;
  const objects = [...Array.from({ length: pages }, () => page), streamObject('', '20 20 100 100 re f')];
  return madePdf({ objects, pages });
}

function pdfLeaflet(n: number, bytes: Uint8Array, pages: number, en?: Uint8Array): ReleasedLeaflet {
  const file = (of: Uint8Array) => ({ ...content.add(of, 'application/pdf'), pages });
  return testLeaflet(n, [], {
    title: { zh: `第${n}本小册子` },
    body: { kind: 'pdf', file: { zh: file(bytes), ...(en === undefined ? {} : { en: file(en) }) } },
  });
}

describe('an emergency', () => {
  test('waits while somebody borrows, takes the idle screen after that, and is confirmed by a tap', async () => {
    const { page, show } = kiosk;
    show(KIOSK_VIEWS.borrow);
    await page.getByRole('heading', { name: '王*春' }).waitFor();
    content.change({ release: 1, leaflets: [emergency(1), testLeaflet(2)] });
    // The page has the news, for it has what came after.
    expect(await content.prove(2, [testLeaflet(3)])).toBe(null);
    expect(await page.getByRole('heading', { name: '今晚停水' }).count()).toBe(0);
    expect(await page.getByRole('heading', { name: '王*春' }).isVisible()).toBe(true);

    show(KIOSK_VIEWS.idle);
    const alarm = page.getByRole('alert');
    await alarm.getByRole('heading', { name: '今晚停水' }).waitFor();
    expect(await alarm.locator('strong').innerText()).toBe('接好水');
    await alarm.getByRole('button', { name: '我看到了' }).click();
    await expect.poll(() => content.acted).toContainEqual({ kind: 'confirmed', leaflet: leafletId(1), version: 1 });
    content.change({ confirmed: [`${leafletId(1)}/1`] });
    await alarm.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /今晚停水/ }).waitFor();
    expect(kiosk.complaints).toEqual([]);
  });

  test('a scan is not in its way: the sheet opens over it, and it is back after', async () => {
    const { page, show } = kiosk;
    content.change({ release: 1, leaflets: [emergency(1)] });
    const alarm = page.getByRole('alert').getByRole('heading', { name: '今晚停水' });
    await alarm.waitFor();
    show(KIOSK_VIEWS.card);
    await page.getByRole('heading', { name: '请刷身份证' }).waitFor();
    expect(await alarm.count()).toBe(0);
    show(KIOSK_VIEWS.idle);
    await alarm.waitFor();
  });
});

describe('reading', () => {
  test('an emergency does not tear a reader away: a red strip tells of it, in the list and above what is read', async () => {
    const { page } = kiosk;
    content.change({ release: 1, leaflets: [testLeaflet(2), testLeaflet(3)] });
    await page.getByRole('button', { name: '看宣传册' }).click();
    content.change({ release: 2, leaflets: [emergency(1), testLeaflet(2), testLeaflet(3)] });
    const strip = page.locator('.emergency-strip');
    await strip.waitFor();
    // A tap so soon at the same place would be the second of a double tap.
    await page.waitForTimeout(700);
    await page.getByRole('button', { name: /宣传单3/ }).click();
    await page.getByText('第3号通知').waitFor();
    await strip.click();
    await page.getByRole('heading', { name: '今晚停水' }).waitFor();
    expect(await strip.count()).toBe(0);
  });

  test('what stands above is always reached by a tap, also when large letters have moved the text', async () => {
    const { page } = kiosk;
    const text = Array.from({ length: 40 }, (_, n) => `第${n + 1}段。${'办事请带身份证，早点来。'.repeat(6)}`).join(
      '\n\n',
    );
    content.change({
      release: 1,
      leaflets: [testLeaflet(1, [], { body: { kind: 'article', text: { zh: text }, pictures: [] } })],
    });
    await page.getByRole('button', { name: '看宣传册' }).click();
    await page.getByRole('button', { name: /宣传单1/ }).click();
    const paper = page.locator('.reading__paper');
    const before = page.getByRole('button', { name: '上一页' });
    await page.getByRole('button', { name: '大字' }).click();
    await paper.evaluate((element) => element.scrollTo({ top: element.clientHeight * 0.3 }));
    await expect.poll(() => before.isEnabled()).toBe(true);
    await before.click();
    await expect.poll(() => paper.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
    await expect.poll(() => before.isEnabled()).toBe(false);
  });

  test('digits are found, too: 440', async () => {
    const { page } = kiosk;
    content.change({
      release: 1,
      leaflets: [testLeaflet(1), testLeaflet(2, [], { title: { zh: '440服务：有事就找它' } })],
    });
    await page.getByRole('button', { name: '看宣传册' }).click();
    await page.getByRole('button', { name: '找一找' }).click();
    const keys = page.getByRole('group', { name: '字母键盘' });
    await keys.getByRole('button', { name: '数字' }).click();
    for (const digit of '440') await keys.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: /宣传单1/ }).waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: /440服务/ }).isVisible()).toBe(true);
  });
});

describe('what can’t be drawn', () => {
  test('a booklet that breaks on this screen says so; its other language and all else work', async () => {
    const { page } = kiosk;
    const good = drawnPdf(2);
    const leaflet = pdfLeaflet(1, good.subarray(0, good.length / 2), 2, good);
    content.change({ release: 1, leaflets: [leaflet, testLeaflet(2)] });
    await page.getByRole('button', { name: '看宣传册' }).click();
    await page.getByRole('button', { name: /第1本小册子/ }).click();
    await page.getByText('这一页现在打不开').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('canvas').waitFor();
    expect(await page.getByText('cannot be opened').count()).toBe(0);
  });

  const pictures = async (bytes: Uint8Array): Promise<ReleasedLeaflet> => {
    const file = { ...content.add(bytes, 'image/jpeg'), width: 60, height: 40 };
    return testLeaflet(7, [], { body: { kind: 'pictures', pictures: [{ file, caption: null }] } });
  };
  const film = (bytes: Uint8Array, type: 'video/mp4' | 'video/webm' = 'video/mp4'): ReleasedLeaflet =>
    testLeaflet(7, [], { body: { kind: 'video', file: content.add(bytes, type), poster: null } });

  const bad: readonly (readonly [string, () => ReleasedLeaflet | Promise<ReleasedLeaflet>, RegExp])[] = [
    ['a PDF that was cut off', () => pdfLeaflet(7, drawnPdf(2).subarray(0, 200), 2), /./],
    ['a PDF with nothing on its pages', () => pdfLeaflet(7, madePdf({ objects: [PAGE, PAGE] }), 2), /empty/],
    ['a PDF with fewer pages than was said', () => pdfLeaflet(7, drawnPdf(2), 3), /2 pages where 3 were said/],
    ['a picture that is none', () => pictures(Buffer.from('no picture')), /./],
    ['a picture that is not here', async () => testLeaflet(7, [await madePicture('webp')]), /./],
    ['a film that is none', () => film(madeMp4()), /./],
  ];
  test.each(bad)('%s: the set is not proved, and what is shown stays', async (_name, make, detail) => {
    content.change({ release: 1, leaflets: [testLeaflet(1)] });
    const fault = await content.prove(2, [testLeaflet(2), await make()]);
    expect(fault?.leaflet).toBe(leafletId(7));
    expect(fault?.detail).toMatch(detail);
    await kiosk.page.getByRole('button', { name: '看宣传册' }).click();
    await kiosk.page.getByRole('button', { name: /宣传单1/ }).waitFor();
  });

  test('each kind of leaflet that can be drawn is proved', async () => {
    const picture = await madePicture('jpeg');
    const article = testLeaflet(3, [], {
      body: {
        kind: 'article',
        text: { zh: '# 好\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |', en: 'Fine' },
        pictures: [{ ...content.add(picture, 'image/jpeg'), width: 60, height: 40 }],
      },
    });
    const whole = film(readFileSync(join(SEED_FILES, 'borrow.webm')), 'video/webm');
    expect(
      await content.prove(1, [testLeaflet(1), pdfLeaflet(2, drawnPdf(40), 40), article, await pictures(picture)]),
    ).toBe(null);
    expect(content.acted).toContainEqual({ kind: 'proving', release: 1, pages: 20, total: 44 });
    expect(await content.prove(2, [{ ...whole, id: leafletId(8) }])).toBe(null);
    expect(kiosk.complaints).toEqual([]);
  });
});

describe('another release while somebody reads', () => {
  test('the page that is read stays; a leaflet that is gone leads back to the list', async () => {
    const { page } = kiosk;
    const booklet = pdfLeaflet(1, drawnPdf(3), 3);
    content.change({ release: 1, leaflets: [booklet, testLeaflet(2)] });
    await page.getByRole('button', { name: '看宣传册' }).click();
    await page.getByRole('button', { name: /第1本小册子/ }).click();
    await page.getByRole('button', { name: '下一页' }).click();
    const second = page.locator('canvas[aria-label$="第 2 页"]');
    await second.waitFor();
    expect(await content.prove(2, [booklet, testLeaflet(3)])).toBe(null);
    content.change({ release: 2, leaflets: [booklet, testLeaflet(3)], toProve: null });
    await expect.poll(() => content.acted).toContainEqual({ kind: 'painted', release: 2 });
    expect(await second.isVisible()).toBe(true);

    content.change({ release: 3, leaflets: [testLeaflet(3)] });
    await page.getByRole('button', { name: /宣传单3/ }).waitFor();
    expect(content.acted.some((action) => action.kind === 'read' && action.leaflet === leafletId(1))).toBe(true);
  });

  test('a set that takes the place of one being proved is the one that is told of', async () => {
    const long = pdfLeaflet(1, drawnPdf(200), 200);
    content.change({ toProve: { release: 1, leaflets: [long] } });
    await expect.poll(() => content.acted.some(({ kind }) => kind === 'proving')).toBe(true);
    expect(await content.prove(2, [testLeaflet(2)])).toBe(null);
    expect(content.acted.filter(({ kind }) => kind === 'proved')).toEqual([
      { kind: 'proved', release: 2, fault: null },
    ]);
  });
});
