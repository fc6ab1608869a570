import { describe, expect, test } from 'vitest';
import { DATABASE_KINDS, useDatabases } from '../server/databases.ts';
import { notice } from '../server/leaflets/leaflet-world.ts';
import { releaseWorld } from './release-world.ts';

const freshDatabase = useDatabases();

describe.each(DATABASE_KINDS)('waves on %s', (kind) => {
  /** Release 1 is on the screens of LD and LF; release 2 is approved. */
  async function twoReleases(page: { readonly autoPage: boolean } = { autoPage: true }) {
    const world = await releaseWorld(await freshDatabase(kind));
    await world.approve(notice('第一次'));
    const first = world.start('LD-1', page);
    const second = world.start('LF-1', page);
    await world.publish([]);
    return { world, first, second };
  }

  test('the next station gets it when the one before shows it', async () => {
    const { world, first, second } = await twoReleases();
    for (const terminal of [first, second]) terminal.poke();
    await world.shows(first, 1);
    await world.shows(second, 1);
    await expect.poll(async () => (await world.stateOf(1))?.state, { timeout: 10_000 }).toBe('everywhere');
    await world.approve(notice('第二次'));
    const row = await world.publish([1]);
    const [station = ''] = row.waves[0]?.stations ?? [];
    const [early, late] = station === 'LD' ? [first, second] : [second, first];
    expect(row.waves).toMatchObject([{ state: 'running' }, { state: 'waiting' }]);
    late.poke();
    early.poke();
    await world.shows(early, 2);
    await expect
      .poll(async () => (await world.stateOf(2))?.waves.map(({ state }) => state), { timeout: 10_000 })
      .toEqual(['healthy', 'running']);
    expect(late.view().release).toBe(1);
    late.poke();
    await world.shows(late, 2);
    await expect.poll(async () => (await world.stateOf(2))?.state, { timeout: 10_000 }).toBe('everywhere');
    expect((await world.stateOf(1))?.state).toBe('replaced');
  });

  test('a page that does not come out sends the stations back, and the console is told why', async () => {
    const { world, first, second } = await twoReleases({ autoPage: false });
    for (const terminal of [first, second]) {
      terminal.poke();
      await expect.poll(() => terminal.view().toProve?.release, { timeout: 10_000 }).toBe(1);
      terminal.act({ kind: 'proved', release: 1, fault: null });
      await world.shows(terminal, 1);
      terminal.act({ kind: 'painted', release: 1 });
    }
    await expect.poll(async () => (await world.stateOf(1))?.state, { timeout: 10_000 }).toBe('everywhere');
    const { leaflet } = await world.approve(notice('画不出来'));
    const row = await world.publish([1]);
    const bad = row.waves[0]?.stations[0] === 'LD' ? first : second;
    bad.poke();
    await expect.poll(() => bad.view().toProve?.release, { timeout: 10_000 }).toBe(2);
    bad.act({ kind: 'proved', release: 2, fault: { leaflet, detail: 'blank' } });
    await expect.poll(async () => (await world.stateOf(2))?.state, { timeout: 10_000 }).toBe('rolled-back');
    expect(await world.stateOf(2)).toMatchObject({
      waves: [{ state: 'failed' }, { state: 'stopped' }],
      fault: { why: 'not-rendered', detail: 'blank' },
    });
    expect((await world.server.releases.reports.terminals()).map(({ wanted }) => wanted)).toEqual([1, 1, 1]);
    expect(bad.view().release).toBe(1);
    // What was wrong is withdrawn, and the next release goes out.
    await world.leaflets.withdraw(leaflet, '画不出来');
    await world.publish([1]);
    expect((await world.stateOf(3))?.state).toBe('rolling');
  });

  test('stopped, no further station gets it; gone back, all show what they had', async () => {
    const { world, first, second } = await twoReleases();
    for (const terminal of [first, second]) terminal.poke();
    await world.shows(first, 1);
    await world.shows(second, 1);
    await expect.poll(async () => (await world.stateOf(1))?.state, { timeout: 10_000 }).toBe('everywhere');
    await world.approve(notice('第二次'));
    await world.publish([1]);
    const { releases } = world.server;
    expect(await releases.stop(2)).toMatchObject({ ok: true, value: { state: 'stopped' } });
    expect(await releases.stop(2)).toEqual({ ok: false, error: 'conflict' });
    for (const terminal of [first, second]) terminal.poke();
    await expect
      .poll(() => `${first.view().release} ${second.view().release}`, { timeout: 10_000 })
      .toMatch(/^(?:1 2|2 1)$/);
    expect(await releases.rollBack(1)).toEqual({ ok: false, error: 'conflict' });
    expect(await releases.rollBack(2)).toMatchObject({ ok: true, value: { state: 'rolled-back' } });
    for (const terminal of [first, second]) terminal.poke();
    await world.shows(first, 1);
    await world.shows(second, 1);
    expect(await releases.rollBack(2)).toEqual({ ok: false, error: 'conflict' });
    // What is on the screens is the first again, and the console says so.
    expect((await world.stateOf(1))?.state).toBe('everywhere');
    expect((await releases.prepare()).ok).toBe(true);
  });

  test('what was gone back from is news when it is published again, an emergency too; and it goes from all at once', async () => {
    const { world } = await twoReleases();
    const { leaflet } = await world.approve(notice('停水', { priority: 'emergency' }));
    await world.publish([]);
    const { releases } = world.server;
    // Nothing was shown before the first one: there is nothing to go back to.
    expect((await world.stateOf(1))?.canGoBack).toBe(false);
    expect(await releases.rollBack(2)).toMatchObject({ ok: true });
    const again = await releases.prepare();
    expect(again).toMatchObject({
      ok: true,
      value: { added: [{ leaflet, emergency: true }], removed: [], emergency: true },
    });
    expect((await world.publish([1])).waves).toHaveLength(1);
    await world.leaflets.withdraw(leaflet, '来水了');
    expect(await releases.prepare()).toMatchObject({ ok: true, value: { removed: [{ leaflet }], emergency: true } });
    expect((await world.publish([1])).waves).toHaveLength(1);
  });

  test('what was stopped half-way can be published to the others', async () => {
    const { world, first } = await twoReleases();
    first.poke();
    await world.shows(first, 1);
    const { leaflet } = await world.approve(notice('第二次'));
    await world.publish([1]);
    expect(await world.server.releases.stop(2)).toMatchObject({ ok: true });
    expect(await world.server.releases.prepare()).toMatchObject({
      ok: true,
      value: { added: [{ leaflet }], removed: [] },
    });
  });

  test('an emergency goes to all at once, whatever was chosen', async () => {
    const { world } = await twoReleases();
    await world.approve(notice('停水', { priority: 'emergency' }));
    expect((await world.publish([1])).waves).toMatchObject([
      { state: 'running', stations: expect.toSatisfy((all: string[]) => all.length === 2) },
    ]);
  });
});
