import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { KIOSK_VIEWS } from '../../fixtures/kiosk-views.ts';
import { type KioskBrowser, type OpenKiosk, startKioskBrowser } from './kiosk-browser.ts';

let browser: KioskBrowser;
let kiosk: OpenKiosk;

beforeAll(async () => {
  browser = await startKioskBrowser();
});
afterAll(() => browser.stop());
beforeEach(async () => {
  kiosk = await browser.open(KIOSK_VIEWS.idle, 'real');
  await kiosk.page.locator('.stock-tile').first().waitFor();
});
afterEach(() => kiosk.close());

const LABEL = 'HF-000012-61';

const scans = () => kiosk.acted.flatMap((action) => (action.kind === 'scan' ? [action.text] : []));

async function waitForScans(count: number): Promise<void> {
  while (scans().length < count) await sleep(10);
}

/**
 * Keys with the times of their pressing, however busy this machine is: the browser is told them, when they are past (it
 * believes no others).
 */
async function type(page: Page, text: string, end: 'Enter' | null, gapMs: number): Promise<void> {
  const keys = [...Array.from(text), ...(end === null ? [] : [end])];
  const session = await page.context().newCDPSession(page);
  const start = Date.now();
  await sleep(keys.length * gapMs);
  for (const [index, key] of keys.entries()) {
    const named = { Enter: { text: '\r', windowsVirtualKeyCode: 13 } }[key] ?? { text: key };
    const at = (start + index * gapMs) / 1000;
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, timestamp: at, ...named });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp: at });
  }
  await session.detach();
}

const SCANNER_MS = 8;
const PERSON_MS = 150;

/** A field as a form of later screens has it. */
async function addField(page: Page, html: string): Promise<void> {
  await page.evaluate((text) => document.body.insertAdjacentHTML('beforeend', text), html);
  await page.locator('#field').focus();
}

const valueOf = (page: Page) => page.locator('#field').inputValue();

test('what a scanner types is a scan, and does nothing else on the page', async () => {
  const { page } = kiosk;
  await type(page, LABEL, 'Enter', SCANNER_MS);
  await waitForScans(1);
  expect(scans()).toEqual([LABEL]);
  expect(kiosk.complaints).toEqual([]);
});

test.each([
  ['a text field', '<input id="field">'],
  ['a field of several lines', '<textarea id="field"></textarea>'],
  ['a field without a caret', '<input id="field" type="email">'],
])('a scan never lands in %s', async (_name, html) => {
  const { page } = kiosk;
  await addField(page, html);
  await type(page, LABEL, 'Enter', SCANNER_MS);
  await waitForScans(1);
  await sleep(200);
  expect(await valueOf(page)).toBe('');
  expect(scans()).toEqual([LABEL]);
});

test('a person’s typing goes to the field, whole and in order, and is no scan', async () => {
  const { page } = kiosk;
  await addField(page, '<input id="field">');
  await type(page, 'lamp 12', 'Enter', PERSON_MS);
  await expect.poll(() => valueOf(page)).toBe('lamp 12');
  expect(scans()).toEqual([]);
});

test('fast typing that is no scan is given back at the caret, and whoever listens hears of it', async () => {
  const { page } = kiosk;
  await addField(page, '<input id="field" value="ab" maxlength="6">');
  await page.evaluate(() => {
    const field = document.querySelector('#field');
    if (!(field instanceof HTMLInputElement)) throw new Error('no field');
    field.setSelectionRange(1, 1);
    field.addEventListener('input', () => (document.title = field.value));
  });
  await type(page, 'xyz', null, SCANNER_MS);
  await expect.poll(() => valueOf(page)).toBe('axyzb');
  expect(await page.title()).toBe('axyzb');
  await type(page, '1', null, PERSON_MS);
  await type(page, '2', null, PERSON_MS);
  await expect.poll(() => valueOf(page)).toBe('axyz1b');
  expect(scans()).toEqual([]);
});

test('a person types, then somebody scans: each is taken for what it is', async () => {
  const { page } = kiosk;
  await addField(page, '<input id="field">');
  await type(page, 'hi', null, PERSON_MS);
  await sleep(200);
  await type(page, LABEL, 'Enter', SCANNER_MS);
  await waitForScans(1);
  await type(page, '!', null, PERSON_MS);
  await expect.poll(() => valueOf(page)).toBe('hi!');
  expect(scans()).toEqual([LABEL]);
});
