import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seedEvents } from '#server/seed/seed-events.ts';
import type { EventRow } from '#shared/contract/console.ts';
import { subjectKey } from '#shared/ledger/event.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { COMMUNITY_KEY, eventWriter, seedDrafts, temporaryFolder, TEN_O_CLOCK } from '../../fixtures/ledger-world.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { browser, codeOf, PASSWORD, signedIn } from './console-browser.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { draftsOf, startServer, type ServerWorld } from './server-world.ts';

const freshDatabase = useDatabases();
/** The server writes an event from time to time, until something has come of it. */
async function writeUntil(world: ServerWorld, effect: Promise<unknown>): Promise<void> {
  const state = { done: false };
  void effect.then(() => (state.done = true));
  while (!state.done) {
    await world.server.log.append(seedDrafts().slice(0, 1));
    await sleep(20);
  }
}

describe.each(DATABASE_KINDS)('terminals on the console on %s', (kind) => {
  test('an admin sees them, gives out codes and revokes', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const { code, expiresMs } = await client.terminals.issueCode({ station: 'LF' });
    expect(expiresMs).toBe(world.clock.now() + 15 * 60_000);
    const { enrolled, keyid } = testIdentity(world.clock.now);
    await world.server.enrolment.enrol({ ...enrolled, device: 'box 7\u0000\u202e', code }, '127.0.0.1');
    await client.terminals.revoke({ terminal: 'LD-2' });
    const { rows } = await client.terminals.list();
    expect(rows.map(({ id, revokedMs }) => [id, revokedMs])).toEqual([
      ['LD-1', null],
      ['LD-2', world.clock.now()],
      ['LF-1', null],
      ['LF-2', null],
    ]);
    expect(rows[3]).toEqual({
      id: 'LF-2',
      station: 'LF',
      device: 'box 7',
      keyStore: 'file',
      keyid,
      enrolledMs: world.clock.now(),
      heardMs: null,
      revokedMs: null,
    });
    expect(await codeOf(client.terminals.revoke({ terminal: 'LD-2' }))).toBe('UNKNOWN_TERMINAL');
    expect(await codeOf(client.terminals.issueCode({ station: 'LF', terminal: 'LD-2' }))).toBe('UNKNOWN_TERMINAL');
    // Revoked: its name is not given out again.
    expect(await codeOf(client.terminals.issueCode({ station: 'LD', terminal: 'LD-2' }))).toBe('UNKNOWN_TERMINAL');
    expect(await codeOf(client.terminals.issueCode({ station: 'LD', terminal: 'LD-1' }))).toBe('none');
  });

  test('nobody else does', async () => {
    const world = await startServer(await freshDatabase(kind));
    await signedIn(world);
    for (const [account, refused, looks] of [
      ['dispatcher', 'FORBIDDEN', 'FORBIDDEN'],
      // Reads everything, changes nothing.
      ['auditor', 'FORBIDDEN', 'none'],
      [null, 'UNAUTHORIZED', 'UNAUTHORIZED'],
    ] as const) {
      const { client } = browser(world.url);
      if (account !== null) await client.session.signIn({ account, password: PASSWORD });
      expect(await codeOf(client.terminals.list())).toBe(looks);
      expect(await codeOf(client.terminals.issueCode({ station: 'LF' }))).toBe(refused);
      expect(await codeOf(client.terminals.revoke({ terminal: 'LD-1' }))).toBe(refused);
    }
    expect(await world.server.terminals.isActive('LD-1')).toBe(true);
    expect(await world.server.database.db.selectFrom('enrolment_codes').selectAll().execute()).toEqual([]);
  });
});

describe.each(DATABASE_KINDS)('the console on %s', (kind) => {
  test('signing in sets a cookie that scripts can’t read, signing out ends the session', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client, seen } = await signedIn(world);
    expect(seen.set).toMatch(/^red-sail-console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await client.session.who()).toMatchObject({ account: 'admin', name: '管理员', roles: ['admin'] });
    const { cookie } = seen;
    await client.session.signOut();
    seen.cookie = cookie;
    expect(await client.session.who()).toBeNull();
    expect(await codeOf(client.overview())).toBe('UNAUTHORIZED');
  });

  test('nobody sees anything without signing in', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = browser(world.url);
    expect(await client.session.who()).toBeNull();
    const calls = [
      client.overview(),
      client.items({}),
      client.loans({}),
      client.events.latest({}),
      client.events.watch(),
    ];
    for (const call of calls) expect(await codeOf(call)).toBe('UNAUTHORIZED');
  });

  test('neither password nor session secret is in the database', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { seen } = await signedIn(world);
    const { db } = world.server.database;
    const kept = JSON.stringify([
      await db.selectFrom('accounts').selectAll().execute(),
      await db.selectFrom('sessions').selectAll().execute(),
    ]);
    expect(kept).toContain('$argon2id$');
    expect(kept).not.toContain(PASSWORD);
    expect(kept).not.toContain(seen.cookie.split('=')[1]);
  });

  test('wrong passwords and unknown accounts are told the same, five times, and then to wait', async () => {
    const world = await startServer(await freshDatabase(kind));
    await signedIn(world);
    const { client } = browser(world.url);
    for (const account of ['auditor', 'nobody', 'no\u0000body']) {
      const tries = Array.from({ length: 7 }, () => codeOf(client.session.signIn({ account, password: 'wrong' })));
      const codes = await Promise.all(tries);
      expect(codes.toSorted()).toEqual([
        ...Array.from({ length: 2 }, () => 'TOO_MANY_TRIES'),
        ...Array.from({ length: 5 }, () => 'WRONG_CREDENTIALS'),
      ]);
    }
    expect(await codeOf(client.session.signIn({ account: 'auditor', password: PASSWORD }))).toBe('TOO_MANY_TRIES');
    expect(await codeOf(client.session.signIn({ account: 'dispatcher', password: PASSWORD }))).toBe('none');
    world.clock.pass(15 * 60_000 + 1);
    expect(await codeOf(client.session.signIn({ account: 'auditor', password: PASSWORD }))).toBe('none');
  });

  test('an account has one name: no other spelling of it gets more tries', async () => {
    const world = await startServer(await freshDatabase(kind));
    await signedIn(world);
    const { client } = browser(world.url);
    for (const account of ['\u0000admin', 'ad\u0000min', 'admin\u0000', ' admin', 'ADMIN']) {
      expect(await codeOf(client.session.signIn({ account, password: PASSWORD }))).toBe('WRONG_CREDENTIALS');
    }
  });

  test('one address gets so many tries, whatever the accounts', async () => {
    const world = await startServer(await freshDatabase(kind));
    await signedIn(world);
    const { client } = browser(world.url);
    const tries = Array.from({ length: 70 }, (_, place) =>
      codeOf(client.session.signIn({ account: `somebody-${place}`, password: 'wrong' })),
    );
    const codes = await Promise.all(tries);
    expect(codes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(60);
    expect(codes.filter((code) => code === 'TOO_MANY_TRIES')).toHaveLength(10);
    world.clock.pass(15 * 60_000 + 1);
    expect(await codeOf(client.session.signIn({ account: 'admin', password: PASSWORD }))).toBe('none');
  });

  test('a session ends after half an hour without use, and after twelve hours in any case', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    world.clock.pass(31 * 60_000);
    expect(await client.session.who()).toBeNull();
    await client.session.signIn({ account: 'admin', password: PASSWORD });
    let used = 0;
    while ((await client.session.who()) !== null) {
      used += 1;
      world.clock.pass(20 * 60_000);
    }
    expect(used).toBe(36);
  });

  test('calls from another page’s Origin, or from none, are refused', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { seen } = await signedIn(world);
    const origins = ['http://evil.example', 'null', `${world.url}1`, undefined];
    for (const origin of origins) {
      const headers = {
        cookie: seen.cookie,
        'content-type': 'application/json',
        ...(origin === undefined ? {} : { origin }),
      };
      const response = await fetch(`${world.url}/rpc/overview`, { method: 'POST', headers, body: '{}' });
      expect([response.status, await response.json()]).toMatchObject([403, { error: { code: 'wrong-origin' } }]);
    }
  });

  test('calls can’t be made with GET, nor with bodies beyond measure, nor where there are none', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { seen } = await signedIn(world);
    const headers = { cookie: seen.cookie, origin: world.url, 'content-type': 'application/json' };
    const body = JSON.stringify({ json: { search: 'x'.repeat(600_000) } });
    expect((await fetch(`${world.url}/rpc/overview`, { headers })).status).toBe(405);
    expect((await fetch(`${world.url}/rpc/items`, { method: 'POST', headers, body })).status).toBe(413);
    expect((await fetch(`${world.url}/rpc/items`, { method: 'POST', headers, body: '{' })).status).toBe(400);
    expect((await fetch(`${world.url}/rpc/nothing`, { method: 'POST', headers, body: '{}' })).status).toBe(404);
  });

  test('the overview counts what the ledger says', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const named = { name: { zh: '纸杯', en: 'Paper cups' }, low: 5 };
    const actor = { kind: 'system', id: 'seed' } as const;
    const cups = {
      subject: 'supply:LD/cup',
      type: 'supply.defined',
      v: 1,
      actor,
      scope: 'station',
      body: named,
    } as const;
    await world.server.log.append([...seedDrafts(), cups]);
    const write = eventWriter('LF-1', 'LF', world.clock.now);
    const { lent, returned } = draftsOf('LF');
    world.clock.pass(1000);
    await world.push('LF-1', [write(lent(1, '2026-11-23T11:00:00+08:00')), write(lent(5)), write(returned(2))]);
    world.clock.pass(2 * 3_600_000);
    expect(await client.session.who()).toBeNull();
    await client.session.signIn({ account: 'admin', password: PASSWORD });
    expect(await client.overview()).toEqual({
      items: 5,
      onLoan: 2,
      overdue: 1,
      exceptions: 1,
      setAside: 0,
      events: 13,
      stations: [
        { code: 'LD', name: { zh: '柳度园', en: 'Liudu' }, items: 2, onLoan: 0, heardMs: null },
        { code: 'LF', name: { zh: '朗风园', en: 'Langfeng' }, items: 1, onLoan: 2, heardMs: TEN_O_CLOCK + 1000 },
      ],
      types: [
        { type: 'umbrella', name: { zh: '雨伞', en: 'Umbrella' }, inStock: 2, onLoan: 1 },
        { type: 'power-bank', name: { zh: '充电宝', en: 'Power bank' }, inStock: 1, onLoan: 1 },
      ],
      supplies: [{ supply: 'LD/cup', name: { zh: '纸杯', en: 'Paper cups' } }],
    });
  });

  test('items are found by label, note, type and name of the borrower, filtered, sorted and paged', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const drafts = seedEvents({ communityKey: COMMUNITY_KEY });
    await world.server.log.append(drafts);
    const { items } = client;
    const all = drafts.filter(({ type }) => type === 'item.registered').map(({ subject }) => subjectKey(subject));
    await world.push('LD-1', [eventWriter('LD-1', 'LD')(draftsOf('LD').lent(3, '2026-11-26T23:59:00+08:00', '欧*春'))]);

    const pages: string[] = [];
    for (let page = 1; pages.length < all.length; page += 1) {
      const { rows, total } = await items({ page, pageSize: 50 });
      expect(total).toBe(all.length);
      pages.push(...rows.map(({ item }) => item));
    }
    expect(pages).toEqual(all.toSorted());
    expect((await items({ page: 100 })).rows).toEqual([]);

    const found = async (query: Parameters<typeof items>[0]) => (await items({ pageSize: 200, ...query })).rows;
    const label = itemLabel('HF-000003');
    for (const search of [label, label.toLowerCase().replaceAll('-', ''), ` https://x.example/${label} `, '欧*春']) {
      expect([search, ...(await found({ search })).map(({ item }) => item)]).toEqual([search, 'HF-000003']);
    }
    expect(new Set((await found({ search: '雨伞' })).map(({ type }) => type))).toEqual(new Set(['umbrella']));
    expect(new Set((await found({ search: 'power BANK' })).map(({ type }) => type))).toEqual(new Set(['power-bank']));
    const longHandles = await found({ search: '长柄' });
    expect(longHandles.length).toBeGreaterThan(0);
    for (const { note } of longHandles) expect(note?.zh).toContain('长柄');
    for (const search of ['%', '_', '!', "'; drop table events; --", 'no such thing']) {
      expect([search, await found({ search })]).toEqual([search, []]);
    }
    expect((await found({ search: '长\u0000柄' })).length).toBe(longHandles.length);

    expect(await found({ status: 'on-loan' })).toMatchObject([
      { item: 'HF-000003', label, station: 'LD', status: 'on-loan', exceptions: [] },
    ]);
    const umbrellas = await found({ station: 'QH', type: 'umbrella', status: 'in-stock' });
    expect(umbrellas.map(({ station, type, status }) => [station, type, status])).toEqual(
      umbrellas.map(() => ['QH', 'umbrella', 'in-stock']),
    );
    const byStation = (await found({ sort: 'station', descending: true })).map(({ station }) => station ?? '');
    const { stations, types } = await client.overview();
    const stationPlaces = byStation.map((code) => stations.findIndex((station) => station.code === code));
    expect(stationPlaces).toEqual(stationPlaces.toSorted((a, b) => b - a));
    const byType = (await found({ sort: 'type' })).map(({ type }) => types.findIndex((known) => known.type === type));
    expect(byType).toEqual(byType.toSorted((a, b) => a - b));
    expect(await found({ exceptions: true })).toEqual([]);
  });

  test('an item of which only a loan is known comes before those of known types', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    await world.server.log.append(seedDrafts());
    await world.push('LD-1', [eventWriter('LD-1', 'LD')(draftsOf('LD').lent(77))]);
    const { rows } = await client.items({ sort: 'type' });
    expect(rows[0]).toMatchObject({ item: 'HF-000077', type: null, typeName: null, home: null, station: 'LD' });
  });

  test('loans are filtered, sorted and say what is overdue', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    await world.server.log.append(seedDrafts());
    const write = eventWriter('LD-1', 'LD', world.clock.now);
    const lend = async (item: number, due: string, name: string) => {
      world.clock.pass(1000);
      await world.push('LD-1', [write(draftsOf('LD').lent(item, due, name))]);
    };
    await lend(1, '2026-11-26T23:59:00+08:00', '王*春');
    await lend(4, '2026-11-23T09:00:00+08:00', '李*');
    // Later by the clock on the wall, earlier by the sun: offsets count.
    await lend(2, '2026-11-25T20:00:00-08:00', '欧*春');
    const items = async (query: Parameters<typeof client.loans>[0]) =>
      (await client.loans(query)).rows.map(({ item }) => item);
    expect(await items({})).toEqual(['HF-000004', 'HF-000002', 'HF-000001']);
    expect(await items({ descending: true })).toEqual(['HF-000001', 'HF-000002', 'HF-000004']);
    expect(await items({ sort: 'lent' })).toEqual(['HF-000001', 'HF-000004', 'HF-000002']);
    expect(await items({ sort: 'item', pageSize: 2, page: 2 })).toEqual(['HF-000004']);
    expect(await items({ overdue: true })).toEqual(['HF-000004']);
    expect(await items({ overdue: false })).toEqual(['HF-000002', 'HF-000001']);
    expect(await items({ search: '李' })).toEqual(['HF-000004']);
    expect(await items({ station: 'LF' })).toEqual([]);
    expect((await client.loans({ overdue: true })).rows).toMatchObject([
      { name: '李*', station: 'LD', overdue: true, lentMs: TEN_O_CLOCK + 2000, typeName: { zh: '充电宝' } },
    ]);
    await world.push('LD-1', [write(draftsOf('LD').returned(4))]);
    expect(await items({})).toEqual(['HF-000002', 'HF-000001']);
  });

  test('events are listed newest first, and each new one is shown as it is taken', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    await world.server.log.append(seedDrafts());
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    const watch = await client.events.watch(undefined, { signal: leaving.signal });
    const first = watch.next();
    const write = eventWriter('LD-1', 'LD', world.clock.now);
    const [lent, returned] = [write(draftsOf('LD').lent(1)), write(draftsOf('LD').returned(1))];
    // The watch begins when its request has arrived; until then it can be late for an event.
    await writeUntil(world, first);
    await world.push('LD-1', [lent, returned]);
    const rows: EventRow[] = [];
    for await (const row of watch) {
      if (row.terminal === 'LD-1') rows.push(row);
      if (rows.length === 2) break;
    }
    expect(rows).toMatchObject([
      { id: lent.id, type: 'item.lent', station: 'LD', name: '王*春', subject: 'item:HF-000001', atMs: TEN_O_CLOCK },
      { id: returned.id, type: 'item.returned', name: null, receivedMs: TEN_O_CLOCK },
    ]);
    const latest = await client.events.latest({ limit: 2 });
    expect(latest.rows).toEqual(rows.toReversed());
  });

  test('whoever watches is let go when the session ends', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const watch = await client.events.watch();
    const next = watch.next();
    await client.session.signOut();
    await writeUntil(world, next);
    expect(await next).toMatchObject({ done: true });
  });
});

describe('the console’s page', () => {
  test('comes from its folder, under a policy that allows its own files only', async () => {
    const pageDir = mkdtempSync(join(temporaryFolder(), 'page-'));
    writeFileSync(join(pageDir, 'index.html'), '<!doctype html><title>管理台</title>');
    writeFileSync(join(pageDir, 'page.js'), 'void 0;');
    const { url } = await startServer(await freshDatabase('sqlite'), { pageDir });
    const asBrowser = { headers: { accept: 'text/html,*/*' } };
    for (const path of ['/', '/items', '/loans?page=2']) {
      const response = await fetch(url + path, asBrowser);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/html; charset=utf-8',
      ]);
      expect(await response.text()).toContain('管理台');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toMatch(/unsafe/);
    }
    expect(await (await fetch(`${url}/page.js`)).text()).toBe('void 0;');
    for (const path of ['/assets/gone.js', '/sync/v1/gone', '/rpc']) {
      const response = await fetch(url + path, asBrowser);
      expect([path, response.status, await response.json()]).toMatchObject([
        path,
        404,
        { error: { code: 'not-found' } },
      ]);
    }
    expect((await fetch(`${url}/gone`)).status).toBe(404);
    expect((await fetch(`${url}/items`, { ...asBrowser, method: 'DELETE' })).status).toBe(404);
    for (const path of ['/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/%ff']) {
      const response = await fetch(url + path);
      expect([path, response.ok, await response.json()]).toMatchObject([path, false, { error: {} }]);
    }
  });

  test('says so where it has not been built', async () => {
    const { url } = await startServer(await freshDatabase('sqlite'));
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/还没有构建[^]*not been built/);
  });

  test('too many requests from one address are told to come back later', async () => {
    const { url } = await startServer(await freshDatabase('sqlite'), { mostRequests: 3 });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await fetch(url)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const response = await fetch(url);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ error: { code: 'too-many-requests' } });
  });
});
