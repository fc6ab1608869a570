import { expect, lentUmbrella, press, test, zh } from './community.ts';

test.describe('with the server away', () => {
  test('a loan is saved here and says so; when the server is back it is sent', async ({ community }) => {
    const [station] = community.terminals;
    const page = await community.openKiosk(station!);
    const umbrella = community.umbrella(station!);
    await community.server.down();
    await expect(page.getByText(zh('sync.savedHere'))).toBeVisible({ timeout: 30_000 });

    station!.scanner.scan(umbrella.label);
    await expect(page.getByRole('heading', { name: zh('card.title') })).toBeVisible();
    station!.tapCard(0);
    await expect(lentUmbrella(page, umbrella)).toBeVisible();
    await press(page, zh('borrow.done', { count: 1 }));
    await expect(page.getByText(zh('receipt.savedHere'))).toBeVisible();

    await community.server.up();
    await expect(page.getByText(/已同步/)).toBeVisible({ timeout: 60_000 });
    const staff = await community.openLoans();
    await expect(staff.getByText(umbrella.item).first()).toBeVisible();
  });

  test('the server goes away between scan and card: the loan is made all the same', async ({ community }) => {
    const [station] = community.terminals;
    const page = await community.openKiosk(station!);
    const umbrella = community.umbrella(station!);
    station!.scanner.scan(umbrella.label);
    await expect(page.getByRole('heading', { name: zh('card.title') })).toBeVisible();
    community.server.process()?.kill('SIGKILL');
    station!.tapCard(3);
    await expect(lentUmbrella(page, umbrella)).toBeVisible();
  });
});

test.describe('two stations', () => {
  test.use({ terminals: 2 });

  test('lent at one, returned at the other while that one is offline, and all agree afterwards', async ({
    community,
  }) => {
    const [here, there] = community.terminals;
    const umbrella = community.umbrella(here!);
    const [herePage, therePage] = [await community.openKiosk(here!), await community.openKiosk(there!)];

    here!.tapCard(4);
    await expect(herePage.getByRole('heading', { name: community.masked(4) })).toBeVisible();
    here!.scanner.scan(umbrella.label);
    await expect(lentUmbrella(herePage, umbrella)).toBeVisible();
    const staff = await community.openLoans();
    await expect(staff.getByText(umbrella.item).first()).toBeVisible();

    // The other station has heard of the loan; then it is cut off.
    await expect.poll(() => community.knows(there!, umbrella.item)).toBe('on-loan');
    await community.server.down();
    await expect(therePage.getByText(zh('sync.savedHere'))).toBeVisible({ timeout: 30_000 });
    there!.scanner.scan(umbrella.label);
    await expect(therePage.getByText(zh('return.title'))).toBeVisible();
    expect(community.knows(here!, umbrella.item)).toBe('on-loan');

    await community.server.up();
    await expect.poll(() => community.knows(here!, umbrella.item), { timeout: 60_000 }).toBe('in-stock');
    await staff.reload();
    await expect(staff.getByText(umbrella.item)).toHaveCount(0);
  });

  test('returned at the other station before that one has heard of the loan: no contradiction is left', async ({
    community,
  }) => {
    const [here, there] = community.terminals;
    const umbrella = community.umbrella(here!, 1);
    const [herePage, therePage] = [await community.openKiosk(here!), await community.openKiosk(there!)];
    await community.server.down();
    await expect(therePage.getByText(zh('sync.savedHere'))).toBeVisible({ timeout: 30_000 });

    here!.tapCard(5);
    await expect(herePage.getByRole('heading', { name: community.masked(5) })).toBeVisible();
    here!.scanner.scan(umbrella.label);
    await expect(lentUmbrella(herePage, umbrella)).toBeVisible();
    // To this station the umbrella never left: the scan asks for a card, and the umbrella is lent on to somebody else.
    there!.scanner.scan(umbrella.label);
    await expect(therePage.getByRole('heading', { name: zh('card.title') })).toBeVisible();
    there!.tapCard(6);
    await expect(lentUmbrella(therePage, umbrella)).toBeVisible();

    await community.server.up();
    await expect
      .poll(() => community.knows(here!, umbrella.item, 'name'), { timeout: 60_000 })
      .toBe(community.masked(6));
    await expect.poll(() => community.knows(there!, umbrella.item, 'exceptions')).toBe('lent-twice');
    expect(community.knows(here!, umbrella.item, 'exceptions')).toBe('lent-twice');
  });
});
