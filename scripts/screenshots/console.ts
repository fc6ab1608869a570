import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { pino } from 'pino';
import { keyidOf, makeKey } from '#electron/core/identity/keys.ts';
import { createServer, type Server } from '#server/create-server.ts';
import { prepareDemo } from '#server/seed/prepare-demo.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { eventWriter } from '../../test/fixtures/ledger-world.ts';
import { refusedDraft, refusedPages } from '../../test/fixtures/refused-events.ts';
import { LANGUAGES, type CaptureOptions, type Look, type ShotPage, shotFile } from './page-shots.ts';
import { listenForComplaints, webFaults } from './web-faults.ts';

const PASSWORD = 'only-for-pictures';
const HOUR = 3_600_000;

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
  ['set-aside', '#/set-aside?settled=true'],
  ['set-aside-empty', '#/set-aside?terminal=QH-1'],
  ['not-found', '#/nowhere'],
] as const;

const system = { kind: 'system', id: 'screenshots' } as const;

/** Loans of every kind: due in days, late by hours, late by days, one lent twice, one given back. */
function lending(): EventDraft[] {
  const lend = (item: number, name: string, dueInHours: number): EventDraft => ({
    subject: `item:${itemKey(item)}`,
    type: 'item.lent',
    v: 1,
    actor: system,
    scope: 'community',
    body: {
      borrower: String(item).padStart(64, '0'),
      name,
      due: new Date(Date.now() + dueInHours * HOUR).toISOString(),
      station: 'LD',
    },
  });
  return [
    lend(86, '王*春', 50),
    lend(87, '阿*江', -7),
    lend(90, '李*', -60),
    lend(94, '张*梅', 3),
    lend(94, '赵*平', 4),
    {
      subject: `item:${itemKey(86)}`,
      type: 'item.returned',
      v: 1,
      actor: system,
      scope: 'community',
      body: { station: 'LD', loan: null },
    },
  ];
}

async function signIn(page: Page, { language }: Look): Promise<void> {
  const zh = language === 'zh';
  await page.getByRole('textbox', { name: zh ? '账号' : 'Account' }).fill('admin');
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
      await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
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
      await page.getByRole('button', { name: /(重新注册|Enrol anew) LD-1/ }).click();
      await page.locator('.enrol-code').waitFor();
      await page.getByRole('button', { name: /停用 LF-1|Revoke LF-1/ }).click();
      await shoot('terminals-code');
    }
  } finally {
    await context.close();
  }
}

/** What is in the pictures was done over the last days, not all at once. */
const DAYS_BEFORE_MS = 4 * 24 * HOUR;

/** One that was heard of, one whose key the system keeps, one that is out of service. */
async function enrolTerminals({ terminals, database }: Server): Promise<void> {
  for (const [id, keyStore] of [
    ['LD-1', 'file'],
    ['LF-1', 'os'],
    ['QH-1', 'file'],
  ] as const) {
    const key = makeKey(Date.now());
    const named = { id, station: id.slice(0, 2), device: `kiosk-${id}`, keyStore };
    await terminals.register(database.db, { ...named, publicKey: key.x, keyid: keyidOf(key) });
    await terminals.heard(id);
  }
  await terminals.revoke('QH-1');
}

/** One entry of every code, a long one of markup, and one that was let in. */
async function setAside({ log, database }: Server, now: () => number): Promise<void> {
  const known = eventWriter('LF-1', 'LF', now)(refusedDraft(120));
  const send = (writer: string, events: readonly unknown[]) =>
    log.take(
      writer,
      { writer, epoch: '', acked: 0 },
      events.map((event) => (typeof event === 'string' ? event : canonicalJson(event))),
    );
  await send('LF-1', [known]);
  for (const { events } of refusedPages('LD-1', known, now)) await send('LD-1', events);
  await send('LF-1', [`{"type":"<img src=x onerror=alert(1)>","note":"</textarea><b>${'雨伞 '.repeat(40_000)}</b>"}`]);
  const ahead = eventWriter('LF-2', 'LF', () => now() + 50 * HOUR);
  await send('LF-2', [ahead(refusedDraft(121))]);
  const { key } = await database.db
    .selectFrom('quarantine')
    .select('key')
    .where('terminal', '=', 'LF-2')
    .executeTakeFirstOrThrow();
  await log.letIn(key, 'admin');
}

async function fill(server: Server, now: () => number): Promise<void> {
  await prepareDemo(server, { communityKey: 'ab'.repeat(32), adminPassword: PASSWORD });
  await server.log.append(lending());
  await enrolTerminals(server);
  await setAside(server, now);
}

/** The console on the real server with the seed data and a few loans, on a desk and on a phone. */
export const consoleShots: ShotPage = {
  name: 'console',
  async capture(options) {
    const folder = await mkdtemp(join(tmpdir(), 'red-sail-console-'));
    let before = DAYS_BEFORE_MS;
    const now = () => Date.now() - before;
    const server = await createServer({
      database: { kind: 'sqlite', path: join(folder, 'server.sqlite') },
      blobDir: join(folder, 'blobs'),
      pageDir: options.pageDir,
      secureCookies: false,
      communityKey: null,
      logger: pino({ level: 'silent' }),
      now,
    });
    try {
      await fill(server, now);
      before = 0;
      const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
      for (const look of LOOKS) await captureLook(look, url, options);
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
