import { describe, expect, test } from 'vitest';
import { DATABASE_KINDS, useDatabases } from '../databases.ts';
import { approved, done, leafletServer, notice, seen } from './leaflet-world.ts';

const freshDatabase = useDatabases();

describe.each(DATABASE_KINDS)('two at the same leaflet on %s', (kind) => {
  test('of two saves one is kept, and the other is told what is there', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const draft = done(await leaflets.create('editor', notice('通知'), null));
    const saves = await Promise.all(
      ['甲', '乙', '丙'].map((name) => leaflets.save(name, seen(draft), notice(`${name}的通知`))),
    );
    expect(saves.filter(({ ok }) => ok)).toHaveLength(1);
    const kept = saves.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))[0];
    for (const outcome of saves.filter(({ ok }) => !ok)) {
      expect(outcome).toEqual({ ok: false, error: { code: 'conflict', state: 'draft', revision: 2 } });
    }
    expect(await leaflets.versions(draft.leaflet)).toEqual([kept]);
  });

  test('of two next versions one is begun', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const { leaflet } = await approved(leaflets, notice('通知'));
    const begun = await Promise.all(['甲', '乙'].map((name) => leaflets.create(name, notice(name), leaflet)));
    expect(begun.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await leaflets.versions(leaflet)).toHaveLength(2);
  });

  test('what is saved after somebody has pressed submit is refused', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const draft = done(await leaflets.create('editor', notice('通知'), null));
    done(await leaflets.submit(seen(draft)));
    expect(await leaflets.save('editor', seen(draft), notice('改了'))).toMatchObject({
      error: { code: 'conflict', state: 'submitted' },
    });
    expect(await leaflets.submit(seen(draft))).toMatchObject({ error: { code: 'conflict', state: 'submitted' } });
  });
});
