import { en, expect, lentUmbrella, press, SAME_LABEL_MS, test, zh } from './community.ts';

test('borrow: scan, card, lent with its due time; the console knows a moment later', async ({ community }) => {
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  const umbrella = community.umbrella(station!);

  station!.scanner.scan(umbrella.label);
  await expect(page.getByRole('heading', { name: zh('card.title') })).toBeVisible();
  await expect(page.getByText(umbrella.item)).toBeVisible();

  station!.tapCard(0);
  await expect(page.getByRole('heading', { name: community.masked(0) })).toBeVisible();
  await expect(page.getByText(/最晚\d+月\d+日还/)).toBeVisible();

  await press(page, zh('borrow.done', { count: 1 }));
  await expect(page.getByText(zh('receipt.title', { count: 1 }))).toBeVisible();
  await press(page, zh('receipt.done'));
  await expect(page.getByRole('heading', { name: zh('idle.title') })).toBeVisible();
  await expect(page.getByText(community.masked(0))).toHaveCount(0);

  const staff = await community.openLoans();
  await expect(staff.getByText(umbrella.item).first()).toBeVisible();
  await expect(staff.getByText(community.masked(0)).first()).toBeVisible();
});

test('return: a lent item scanned on the idle screen is taken back without a card', async ({ community }) => {
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  const umbrella = community.umbrella(station!);
  station!.tapCard(1);
  await expect(page.getByRole('heading', { name: community.masked(1) })).toBeVisible();
  station!.scanner.scan(umbrella.label);
  await expect(lentUmbrella(page, umbrella)).toBeVisible();
  await press(page, zh('borrow.done', { count: 1 }));
  await press(page, zh('receipt.done'));
  await expect(page.getByRole('heading', { name: zh('idle.title') })).toBeVisible();

  await page.waitForTimeout(SAME_LABEL_MS);
  station!.scanner.scan(umbrella.label);
  await expect(page.getByText(zh('return.title'))).toBeVisible();
  await expect(page.getByText(community.masked(1))).toBeVisible();
});

test('a second scan of a lent item says so; a tap on the line gives it back', async ({ community }) => {
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  const [first, second] = [community.umbrella(station!), community.umbrella(station!, 1)];
  station!.tapCard(2);
  await expect(page.getByRole('heading', { name: community.masked(2) })).toBeVisible();
  station!.scanner.scan(first.label);
  await expect(page.getByText(first.item)).toBeVisible();
  station!.scanner.scan(second.label);
  await expect(page.getByText(second.item)).toBeVisible();
  await page.waitForTimeout(SAME_LABEL_MS);
  station!.scanner.scan(first.label);
  await expect(page.getByText(zh('notice.alreadyLent', { item: '雨伞' }))).toBeVisible();

  await press(page, zh('line.takeBackName', { item: '雨伞', code: first.item }));
  await expect(page.getByText(zh('line.takenBack'))).toBeVisible();
  await expect(page.getByText(zh('borrow.holding', { count: 1 }))).toBeVisible();
});

test('English by one tap, Chinese again for the next person', async ({ community }) => {
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: en('idle.title') })).toBeVisible();
  station!.scanner.scan(community.umbrella(station!).label);
  await expect(page.getByRole('heading', { name: en('card.title') })).toBeVisible();
  await press(page, en('card.cancel'));
  await expect(page.getByRole('heading', { name: zh('idle.title') })).toBeVisible();
});

test('a page that is loaded again shows the same sheet: the conversation lives in the core', async ({ community }) => {
  const [station] = community.terminals;
  const page = await community.openKiosk(station!);
  const umbrella = community.umbrella(station!);
  station!.scanner.scan(umbrella.label);
  await expect(page.getByRole('heading', { name: zh('card.title') })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: zh('card.title') })).toBeVisible();
  await expect(page.getByText(umbrella.item)).toBeVisible();
});
