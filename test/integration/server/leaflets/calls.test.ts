import { describe, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { LONGEST_ARTICLE } from '#shared/content/leaflet.ts';
import { browser, codeOf, PASSWORD, signedIn } from '../console-browser.ts';
import { DATABASE_KINDS, useDatabases } from '../databases.ts';
import { approved, leafletServer, notice } from './leaflet-world.ts';

const freshDatabase = useDatabases();

describe.each(DATABASE_KINDS)('leaflets on the console on %s', (kind) => {
  test('the calls do what they say, and tell their errors with what is there', async () => {
    const world = await leafletServer(await freshDatabase(kind));
    for (const account of ['first', 'second']) {
      await world.server.accounts.save({ account, name: account, roles: ['editor', 'reviewer'] }, PASSWORD);
    }
    const { client } = await signedIn(world, 'first');
    const other = (await signedIn(world, 'second')).client;

    const draft = await client.leaflets.create({ content: notice('通知') });
    const { leaflet, version } = draft;
    const saved = await client.leaflets.save({ leaflet, version, revision: 1, content: notice('通知二') });
    await expect(
      other.leaflets.save({ leaflet, version, revision: 1, content: notice('通知三') }),
    ).rejects.toMatchObject({ code: 'CONFLICT', data: { state: 'draft', revision: 2 } });
    const html = { kind: 'article', text: { zh: '<b>' }, pictures: [] } as const;
    await expect(
      client.leaflets.create({ content: notice('坏', { body: { ...html, pictures: [] } }) }),
    ).rejects.toMatchObject({ code: 'CONTENT_REFUSED', data: { faults: [{ code: 'html', detail: '<b>' }] } });
    const { revision } = await client.leaflets.submit({ leaflet, version, revision: saved.revision });
    expect(await codeOf(client.leaflets.approve({ leaflet, version, revision }))).toBe('OWN_WORK');
    await other.leaflets.sendBack({ leaflet, version, remark: '再看看' });
    await client.leaflets.submit({ leaflet, version, revision });
    const fine = await other.leaflets.approve({ leaflet, version, revision });
    expect(fine).toMatchObject({ state: 'approved', approver: 'second', author: 'first' });
    expect(await client.leaflets.versions({ leaflet })).toEqual({ versions: [fine] });
    expect((await client.leaflets.withdraw({ leaflet, remark: '不要了' })).state).toBe('withdrawn');
    const next = await client.leaflets.create({ leaflet, content: notice('通知四') });
    await client.leaflets.discard({ leaflet, version: next.version });
    expect(await codeOf(client.leaflets.versions({ leaflet: v7() }))).toBe('NOT_FOUND');
    expect(await codeOf(client.leaflets.submit({ leaflet: v7(), version: 1, revision: 1 }))).toBe('NOT_FOUND');
  });

  test('the longest article in both languages can be sent', async () => {
    const world = await leafletServer(await freshDatabase(kind));
    const { client } = await signedIn(world, 'editor');
    const longest = '防火防盗\n'.repeat(LONGEST_ARTICLE / 5).trim();
    const body = { kind: 'article', text: { zh: longest, en: longest }, pictures: [] } as const;
    const made = await client.leaflets.create({ content: notice('长', { body: { ...body, pictures: [] } }) });
    expect(made.content.body).toEqual(body);
  });

  test('lists are searched, filtered, sorted and cut into pages by the database', async () => {
    const world = await leafletServer(await freshDatabase(kind));
    const { client } = await signedIn(world, 'editor');
    await world.leaflets.saveGroup({ group: 'south', name: { zh: '南片', en: 'South' }, stations: ['LF'] });
    const ids: Record<string, string> = {};
    const add = async (...[title, changed]: Parameters<typeof notice>) => {
      world.clock.pass(1000);
      ids[title] = (await client.leaflets.create({ content: notice(title, changed) })).leaflet;
    };
    await add('垃圾分类', { category: 'environment', tags: ['环保'] });
    await add('Ｂ100%', { title: { zh: '百分百', en: '100% sure' } });
    await add('安全用电', { category: 'safety', audience: { kind: 'stations', stations: ['LD'] } });
    await add('南片通知', { audience: { kind: 'groups', groups: ['south'] } });
    world.clock.pass(1000);
    const window = { from: null, until: '2026-11-24T00:00', weekdays: [1, 2, 3, 4, 5, 6, 7], hours: null };
    const shown = await approved(world.leaflets, notice('已发布', { window }));
    await world.server.database.exclusive((each) => world.leaflets.markPublished(1, [shown], each));

    const titles = async (input: Parameters<typeof client.leaflets.list>[0]) =>
      (await client.leaflets.list(input)).rows.map(({ title }) => title.zh);
    expect(await titles({})).toEqual(['已发布', '南片通知', '安全用电', '百分百', '垃圾分类']);
    expect(await titles({ sort: 'title', descending: false })).toEqual([
      '安全用电',
      '百分百',
      '垃圾分类',
      '南片通知',
      '已发布',
    ]);
    expect(await titles({ search: '分类' })).toEqual(['垃圾分类']);
    expect(await titles({ search: 'ljfl' })).toEqual(['垃圾分类']);
    expect(await titles({ search: 'LaJi 环保' })).toEqual(['垃圾分类']);
    expect(await titles({ search: '100%' })).toEqual(['百分百']);
    expect(await titles({ search: '%' })).toEqual(['百分百']);
    expect(await titles({ search: '\u0000' })).toHaveLength(5);
    expect(await titles({ category: 'safety' })).toEqual(['安全用电']);
    expect(await titles({ station: 'LF' })).toEqual(['已发布', '南片通知', '百分百', '垃圾分类']);
    expect(await titles({ station: 'LD' })).toEqual(['已发布', '安全用电', '百分百', '垃圾分类']);
    expect(await titles({ state: 'published' })).toEqual(['已发布']);
    expect(await titles({ sort: 'state', descending: true, pageSize: 1 })).toEqual(['已发布']);
    expect((await client.leaflets.list({ page: 2, pageSize: 2 })).total).toBe(5);
    expect(await titles({ page: 2, pageSize: 2 })).toEqual(['安全用电', '百分百']);
    world.clock.pass(86_400_000);
    const again = browser(world.url).client;
    await again.session.signIn({ account: 'editor', password: PASSWORD });
    expect((await again.leaflets.list({ state: 'published' })).rows).toEqual([]);
    expect((await again.leaflets.list({ state: 'expired' })).rows).toMatchObject([
      { leaflet: shown.leaflet, state: 'published', publishedVersion: 1, expired: true },
    ]);
  });

  test('nobody sees or does anything without signing in, and auditors only look', async () => {
    const world = await leafletServer(await freshDatabase(kind));
    await signedIn(world);
    const nobody = browser(world.url).client;
    expect(await codeOf(nobody.leaflets.list({}))).toBe('UNAUTHORIZED');
    expect(await codeOf(nobody.leaflets.create({ content: notice('坏') }))).toBe('UNAUTHORIZED');
    const auditor = browser(world.url).client;
    await auditor.session.signIn({ account: 'auditor', password: PASSWORD });
    expect(await auditor.leaflets.list({})).toEqual({ rows: [], total: 0 });
    expect(await codeOf(auditor.leaflets.create({ content: notice('坏') }))).toBe('FORBIDDEN');
    const key = { leaflet: v7(), version: 1 };
    expect(await codeOf(auditor.leaflets.approve({ ...key, revision: 1 }))).toBe('FORBIDDEN');
    expect(await codeOf(auditor.leaflets.withdraw({ leaflet: key.leaflet, remark: '坏' }))).toBe('FORBIDDEN');
  });

  test('a group of stations that are not there is not kept', async () => {
    const world = await leafletServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const name = { zh: '南片', en: 'South' };
    expect(await codeOf(client.leaflets.saveGroup({ group: 'south', name, stations: ['ZZ'] }))).toBe('UNKNOWN_STATION');
    await client.leaflets.saveGroup({ group: 'south', name, stations: ['LF', 'LD', 'LF'] });
    await client.leaflets.saveGroup({ group: 'south', name, stations: ['LF'] });
    expect(await client.leaflets.groups()).toEqual({ groups: [{ group: 'south', name, stations: ['LF'] }] });
    expect(await client.leaflets.resolve({ kind: 'groups', groups: ['south'] })).toEqual({ stations: ['LF'] });
    expect(await client.leaflets.resolve({ kind: 'all' })).toEqual({ stations: ['LD', 'LF'] });
  });
});
