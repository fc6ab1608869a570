import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, inBrowserShellOnly, lentUmbrella, SAME_LABEL_MS, test, zh } from './community.ts';

test('an unknown barcode: says that we do not know it and what to do', async ({ community }) => {
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  station!.scanner.scan('6901234567892');
  await expect(page.getByText(zh('notice.unknownCode'))).toBeVisible();
  await expect(page.getByText('编号以 HF 开头')).toBeVisible();
  await expect(page.getByText('6901234567892')).toBeVisible();
});

test('a code with markup in it is shown as text', async ({ community }) => {
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  station!.scanner.scan('<img src=x onerror=alert(1)>');
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
});

test('garbage and half frames show nothing and are logged; the next scan and card work', async ({ community }) => {
  inBrowserShellOnly();
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  const umbrella = community.umbrella(station!);
  for (let round = 0; round < 5; round += 1) {
    station!.garbage('scanner');
    station!.garbage('card-reader');
  }
  station!.scanner.halfFrame(umbrella.label);
  station!.cardReader.halfFrame(community.residents[0]!.card);
  await page.waitForTimeout(1_000);
  await expect(page.getByRole('heading', { name: zh('idle.title') })).toBeVisible();
  await expect.poll(() => readFileSync(station!.logFile, 'utf8')).toContain('half-line');

  station!.scanner.scan(umbrella.label);
  await expect(page.getByRole('heading', { name: zh('card.title') })).toBeVisible();
  station!.tapCard(0);
  await expect(lentUmbrella(page, umbrella)).toBeVisible();
});

test('a scanner that is pulled out: one plain line; put back, it works again by itself', async ({ community }) => {
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  await station!.lines.scanner.unplug();
  await expect(page.getByText(zh('scanner.noDevice'))).toBeVisible();
  await station!.lines.scanner.plug();
  await expect(page.getByText(zh('scanner.noDevice'))).toHaveCount(0);
  station!.scanner.scan(community.umbrella(station!).label);
  await expect(page.getByRole('heading', { name: zh('card.title') })).toBeVisible();
});

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

test('a database of a later version: a full screen says so, and the file is not touched', async ({ community }) => {
  inBrowserShellOnly();
  const [station] = community.terminals;
  await station!.stop();
  const db = new Sqlite(station!.databasePath);
  // The number alone would be taken for damage: what is later has other tables too.
  db.exec('CREATE TABLE something_later (one INTEGER)');
  db.pragma('user_version = 999');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const before = hashOf(station!.databasePath);
  await station!.restart();
  const page = await community.openAnyPage(await station!.newLink());
  await expect(page.getByRole('heading', { name: zh('fault.title') })).toBeVisible();
  await expect(page.getByText(zh('fault.safeText'))).toBeVisible();
  station!.scanner.scan(community.umbrella(station!).label);
  await page.waitForTimeout(500);
  await expect(page.getByRole('heading', { name: zh('fault.title') })).toBeVisible();
  expect(hashOf(station!.databasePath)).toBe(before);
});

test('a file that is no database any more: it is kept, the screen says what happened, and lending goes on', async ({
  community,
}) => {
  inBrowserShellOnly();
  const [station] = community.terminals;
  await station!.stop();
  writeFileSync(station!.databasePath, 'this is not a database, but it may be somebody’s only copy '.repeat(100));
  for (const side of ['-wal', '-shm']) writeFileSync(`${station!.databasePath}${side}`, '');
  const before = hashOf(station!.databasePath);
  await station!.restart();
  const page = await community.openKiosk(station!);
  const folder = dirname(station!.databasePath);
  const aside = readdirSync(folder).filter((name) => /\.damaged-[^/]*$/.test(name) && !/-(?:wal|shm)$/.test(name));
  expect(aside.map((name) => hashOf(join(folder, name)))).toEqual([before]);
  await page.getByRole('button', { name: zh('repair.seen') }).click();
  await expect(page.getByRole('button', { name: zh('repair.seen') })).toHaveCount(0);
  const umbrella = community.umbrella(station!);
  station!.scanner.scan(umbrella.label);
  await expect(page.getByRole('heading', { name: zh('card.title') })).toBeVisible();
  station!.tapCard(0);
  await expect(lentUmbrella(page, umbrella)).toBeVisible();
});

test('the kiosk process is killed: the page says so, and is back by itself with what was recorded', async ({
  community,
}) => {
  inBrowserShellOnly();
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  const umbrella = community.umbrella(station!);
  station!.tapCard(0);
  await expect(page.getByRole('heading', { name: community.masked(0) })).toBeVisible();
  station!.scanner.scan(umbrella.label);
  await expect(lentUmbrella(page, umbrella)).toBeVisible();
  // Else the card, still on the reader, would open its sheet again.
  await expect.poll(() => station!.card()).toBeNull();
  station!.process().kill('SIGKILL');
  await expect(page.getByText(zh('connecting.title'))).toBeVisible();
  await station!.restart();
  const again = await community.openKiosk(station!);
  await again.waitForTimeout(SAME_LABEL_MS);
  station!.scanner.scan(umbrella.label);
  await expect(again.getByText(zh('return.title'))).toBeVisible();
});

test('only the page that the shell opened may join', async ({ community }) => {
  inBrowserShellOnly();
  const [station] = community.terminals;
  const link = await station!.newLink();
  const { origin } = new URL(link);
  expect((await fetch(origin)).status).toBe(403);
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(302);
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(403);
  const stranger = await community.openAnyPage('data:text/html,<title>stranger</title>');
  const joined = await stranger.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.addEventListener('open', () => resolve('joined'));
        socket.addEventListener('error', () => resolve('refused'));
      }),
    `${origin.replace('http', 'ws')}/bridge`,
  );
  expect(joined).toBe('refused');
});
