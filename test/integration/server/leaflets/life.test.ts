import { describe, expect, test } from 'vitest';
import { DATABASE_KINDS, useDatabases } from '../databases.ts';
import { approved, done, leafletServer, notice, seen } from './leaflet-world.ts';

const freshDatabase = useDatabases();

describe.each(DATABASE_KINDS)('the life of a leaflet on %s', (kind) => {
  test('draft, submitted, approved, published, withdrawn; every act says who and when', async () => {
    const { leaflets, server, clock } = await leafletServer(await freshDatabase(kind));
    const began = clock.now();
    const draft = done(await leaflets.create('editor', notice('停水通知'), null));
    expect(draft).toMatchObject({ version: 1, state: 'draft', author: 'editor', revision: 1, changedMs: began });
    clock.pass(1000);
    const saved = done(await leaflets.save('editor', seen(draft), notice('停水通知，周五')));
    expect(saved).toMatchObject({ state: 'draft', revision: 2, changedMs: began + 1000 });
    const submitted = done(await leaflets.submit(seen(saved)));
    expect(submitted).toMatchObject({ state: 'submitted', submittedMs: began + 1000 });
    clock.pass(1000);
    const fine = done(await leaflets.approve('reviewer', seen(submitted)));
    expect(fine).toMatchObject({ state: 'approved', approver: 'reviewer', approvedMs: began + 2000 });
    const marked = await server.database.exclusive((transaction) => leaflets.markPublished(7, [fine], transaction));
    expect(marked).toBe(true);
    // A later release has it too: the first stays the first.
    await server.database.exclusive((transaction) => leaflets.markPublished(8, [fine], transaction));
    expect(await leaflets.versions(fine.leaflet)).toEqual([{ ...fine, state: 'published', release: 7 }]);
    const withdrawn = done(await leaflets.withdraw(fine.leaflet, '来水了'));
    expect(withdrawn).toMatchObject({ state: 'withdrawn', remark: '来水了', release: 7 });
    expect(await leaflets.publishable()).toEqual([]);
  });

  test('sent back with a reason, which goes when it is submitted again', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const draft = done(await leaflets.create('editor', notice('通知'), null));
    const submitted = done(await leaflets.submit(seen(draft)));
    const back = done(await leaflets.sendBack(submitted, '写清楚时间\u202e\r\n谢谢'));
    expect(back).toMatchObject({ state: 'draft', remark: '写清楚时间\n谢谢', submittedMs: null });
    expect(done(await leaflets.submit(seen(back)))).toMatchObject({ state: 'submitted', remark: null });
  });

  test('an approval can be taken back before a release has it', async () => {
    const { leaflets, server } = await leafletServer(await freshDatabase(kind));
    const fine = await approved(leaflets, notice('通知'));
    const back = done(await leaflets.sendBack(fine, '日期不对'));
    expect(back).toMatchObject({ state: 'draft', approver: null, approvedMs: null });
    expect(await server.database.exclusive((each) => leaflets.markPublished(1, [fine], each))).toBe(false);
  });

  test('the next version takes the place of the one before it when a release has it, and not earlier', async () => {
    const { leaflets, server } = await leafletServer(await freshDatabase(kind));
    const first = await approved(leaflets, notice('第一版'));
    await server.database.exclusive((each) => leaflets.markPublished(1, [first], each));
    const second = await approved(leaflets, notice('第二版'), first.leaflet);
    const states = async () => (await leaflets.versions(first.leaflet))?.map(({ version, state }) => [version, state]);
    expect(await states()).toEqual([
      [2, 'approved'],
      [1, 'published'],
    ]);
    expect((await leaflets.publishable()).map(({ version }) => version)).toEqual([2]);
    await server.database.exclusive((each) => leaflets.markPublished(2, [second], each));
    expect(await states()).toEqual([
      [2, 'published'],
      [1, 'replaced'],
    ]);
  });

  test('a version that was approved and never published gives way to the next approved one', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const first = await approved(leaflets, notice('第一版'));
    await approved(leaflets, notice('第二版'), first.leaflet);
    expect((await leaflets.versions(first.leaflet))?.map(({ state }) => state)).toEqual(['approved', 'replaced']);
  });

  test('withdrawing takes the whole leaflet, but not the draft that is in work', async () => {
    const { leaflets, server } = await leafletServer(await freshDatabase(kind));
    const first = await approved(leaflets, notice('第一版'));
    await server.database.exclusive((each) => leaflets.markPublished(1, [first], each));
    await approved(leaflets, notice('第二版'), first.leaflet);
    done(await leaflets.create('editor', notice('第三版'), first.leaflet));
    expect(done(await leaflets.withdraw(first.leaflet, '错了')).version).toBe(2);
    expect((await leaflets.versions(first.leaflet))?.map(({ state }) => state)).toEqual([
      'draft',
      'withdrawn',
      'withdrawn',
    ]);
    expect(await leaflets.withdraw(first.leaflet, '错了')).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  test('one version at a time is worked on; a draft can be thrown away', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const draft = done(await leaflets.create('editor', notice('通知'), null));
    expect(await leaflets.create('other', notice('又一个'), draft.leaflet)).toEqual({
      ok: false,
      error: { code: 'conflict', state: 'draft', revision: 1 },
    });
    expect(await leaflets.discard(draft)).toEqual({ ok: true, value: null });
    expect(await leaflets.versions(draft.leaflet)).toBeNull();
    expect(await leaflets.create('other', notice('又一个'), draft.leaflet)).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  test('what is over everywhere is not in the next release, and what is over at one station only is', async () => {
    const { leaflets, server, clock } = await leafletServer(await freshDatabase(kind));
    await server.log.append([
      {
        subject: 'station:BR',
        type: 'station.defined',
        v: 1,
        actor: { kind: 'system', id: 'seed' },
        scope: 'community',
        body: { name: { zh: '柏林', en: 'Berlin' }, zone: 'Europe/Berlin' },
      },
    ]);
    const window = { from: null, until: '2026-11-23T12:00', weekdays: [1, 2, 3, 4, 5, 6, 7], hours: null };
    const both = await approved(leaflets, notice('两地', { window }));
    await approved(leaflets, notice('一地', { window, audience: { kind: 'stations', stations: ['LD'] } }));
    const hour = 3_600_000;
    expect(await leaflets.publishable()).toHaveLength(2);
    clock.pass(3 * hour);
    expect((await leaflets.publishable()).map(({ leaflet }) => leaflet)).toEqual([both.leaflet]);
    clock.pass(7 * hour);
    expect(await leaflets.publishable()).toEqual([]);
  });
});
