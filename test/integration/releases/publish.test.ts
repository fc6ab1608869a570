import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';
import { DATABASE_KINDS, useDatabases } from '../server/databases.ts';
import { notice } from '../server/leaflets/leaflet-world.ts';
import { newKey, releaseWorld } from './release-world.ts';

const freshDatabase = useDatabases();

const titles = (view: { readonly leaflets: readonly { readonly title: { readonly zh: string } }[] }) =>
  view.leaflets.map(({ title }) => title.zh).toSorted();

describe.each(DATABASE_KINDS)('publishing on %s', (kind) => {
  test('what was approved is on the screens of its stations, and nothing else', async () => {
    const world = await releaseWorld(await freshDatabase(kind));
    await world.approve(notice('给大家'));
    await world.approve(notice('给莲德', { audience: { kind: 'stations', stations: ['LD'] } }));
    await world.leaflets.create('editor', notice('草稿'), null);
    const here = world.start('LD-1');
    const there = world.start('LF-1');
    const row = await world.publish([]);
    expect(row).toMatchObject({ release: 1, approver: 'reviewer', leaflets: 2, state: 'rolling' });
    here.poke();
    there.poke();
    await world.shows(here, 1);
    await world.shows(there, 1);
    expect([titles(here.view()), titles(there.view())]).toEqual([['给大家', '给莲德'], ['给大家']]);
    await expect.poll(async () => (await world.stateOf(1))?.state, { timeout: 10_000 }).toBe('everywhere');
    expect(await world.server.releases.reports.terminals()).toMatchObject([
      { terminal: 'LD-1', wanted: 1, report: { showing: { release: 1 }, progress: { state: 'current' } } },
      { terminal: 'LD-2', wanted: 1, report: null },
      { terminal: 'LF-1', wanted: 1, report: { showing: { release: 1 } } },
    ]);
  });

  test('the next release has the new version and not what was withdrawn; the way of a leaflet is told', async () => {
    const world = await releaseWorld(await freshDatabase(kind));
    const kept = await world.approve(notice('留下'));
    const gone = await world.approve(notice('撤下'));
    const folder = temporaryFolder();
    const before = world.start('LD-1', { folder });
    await world.publish([]);
    before.poke();
    await world.shows(before, 1);
    await expect.poll(async () => (await world.stateOf(1))?.state, { timeout: 10_000 }).toBe('everywhere');
    // Switched off: what it has said last stands.
    await before.stop();
    await world.approve(notice('留下第二版'), kept.leaflet);
    await world.leaflets.withdraw(gone.leaflet, '过期');
    const prepared = await world.server.releases.prepare();
    expect(prepared).toMatchObject({
      ok: true,
      value: { added: [{ leaflet: kept.leaflet, version: 2 }], removed: [{ leaflet: gone.leaflet }], emergency: false },
    });
    await world.publish([]);
    expect(await world.server.releases.whereabouts(kept.leaflet)).toMatchObject([
      { terminal: 'LD-1', state: 'before' },
      { terminal: 'LD-2', state: 'unheard' },
      { terminal: 'LF-1', state: 'unheard' },
    ]);
    const terminal = world.start('LD-1', { folder });
    await world.shows(terminal, 2);
    expect(titles(terminal.view())).toEqual(['留下第二版']);
    await expect
      .poll(async () => (await world.server.releases.whereabouts(kept.leaflet))?.[0]?.state, { timeout: 10_000 })
      .toBe('showing');
    expect(await world.server.releases.prepare()).toEqual({ ok: false, error: 'nothing' });
  });

  test('only an approver’s own key, named by the root, over what is approved now', async () => {
    const world = await releaseWorld(await freshDatabase(kind));
    const { releases } = world.server;
    await world.approve(notice('通知'));
    const signed = await world.sign();
    const stranger = newKey();
    await world.saveKey('second', stranger);
    const refused = { ok: false, error: 'wrong-signature' };
    expect(await releases.publish('second', await world.sign(stranger))).toEqual(refused);
    expect(await releases.publish('second', signed)).toEqual(refused);
    expect(await releases.publish('reviewer', { ...signed, signature: stranger.sign(Buffer.from('x')) })).toEqual(
      refused,
    );
    expect(await releases.publish('reviewer', { ...signed, hash: '0'.repeat(64) })).toEqual({
      ok: false,
      error: 'changed',
    });
    await world.approve(notice('又一个'));
    expect(await releases.publish('reviewer', signed)).toEqual({ ok: false, error: 'changed' });
    expect((await releases.list({ page: 1, pageSize: 9 })).total).toBe(0);
    const again = await world.sign();
    const both = await Promise.all([releases.publish('reviewer', again), releases.publish('reviewer', again)]);
    const told = both.map((each) => (each.ok ? `release ${each.value.release}` : each.error));
    expect(told.toSorted()).toEqual(['changed', 'release 1']);
  });
});
