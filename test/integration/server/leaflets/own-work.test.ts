import { describe, expect, test } from 'vitest';
import { DATABASE_KINDS, useDatabases } from '../databases.ts';
import { done, leafletServer, notice, seen } from './leaflet-world.ts';

const freshDatabase = useDatabases();

describe.each(DATABASE_KINDS)('approving one’s own work on %s', (kind) => {
  test('neither the author nor anybody who ever saved it may', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const draft = done(await leaflets.create('author', notice('通知'), null));
    const once = done(await leaflets.save('helper', seen(draft), notice('通知一')));
    const twice = done(await leaflets.save('author', seen(once), notice('通知二')));
    const submitted = done(await leaflets.submit(seen(twice)));
    for (const account of ['author', 'helper']) {
      expect(await leaflets.approve(account, seen(submitted))).toEqual({ ok: false, error: { code: 'own-work' } });
    }
    expect((await leaflets.versions(draft.leaflet))?.[0]?.state).toBe('submitted');
    expect(done(await leaflets.approve('somebody-else', seen(submitted))).approver).toBe('somebody-else');
  });

  test('a reviewer who mends it after sending it back may not any more', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const draft = done(await leaflets.create('author', notice('通知'), null));
    const submitted = done(await leaflets.submit(seen(draft)));
    const back = done(await leaflets.sendBack(submitted, '我来改'));
    const mended = done(await leaflets.save('reviewer', seen(back), notice('通知，改好了')));
    const again = done(await leaflets.submit(seen(mended)));
    expect(await leaflets.approve('reviewer', seen(again))).toEqual({ ok: false, error: { code: 'own-work' } });
  });
});
