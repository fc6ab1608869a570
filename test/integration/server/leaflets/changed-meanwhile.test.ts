import { describe, expect, test } from 'vitest';
import { DATABASE_KINDS, useDatabases } from '../databases.ts';
import { done, leafletServer, notice, seen } from './leaflet-world.ts';

const freshDatabase = useDatabases();

describe.each(DATABASE_KINDS)('approving what somebody else has changed meanwhile on %s', (kind) => {
  test('the approver gets what was looked at, or nothing', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const draft = done(await leaflets.create('editor', notice('看过的'), null));
    const looked = done(await leaflets.submit(seen(draft)));
    // While the approver reads, it is sent back, changed and submitted again.
    const back = done(await leaflets.sendBack(looked, '等等'));
    const changed = done(await leaflets.save('editor', seen(back), notice('没看过的')));
    const again = done(await leaflets.submit(seen(changed)));
    expect(await leaflets.approve('reviewer', seen(looked))).toEqual({
      ok: false,
      error: { code: 'conflict', state: 'submitted', revision: 2 },
    });
    expect(done(await leaflets.approve('reviewer', seen(again))).content.title.zh).toBe('没看过的');
  });

  test('what was sent back, thrown away or approved already is not approved', async () => {
    const { leaflets } = await leafletServer(await freshDatabase(kind));
    const draft = done(await leaflets.create('editor', notice('通知'), null));
    const looked = done(await leaflets.submit(seen(draft)));
    done(await leaflets.sendBack(looked, '等等'));
    expect(await leaflets.approve('reviewer', seen(looked))).toMatchObject({ error: { state: 'draft' } });
    const again = done(await leaflets.submit(seen(draft)));
    done(await leaflets.approve('one', seen(again)));
    expect(await leaflets.approve('other', seen(again))).toMatchObject({ error: { state: 'approved' } });
    done(await leaflets.sendBack(looked, '等等'));
    await leaflets.discard(draft);
    expect(await leaflets.approve('reviewer', seen(looked))).toEqual({ ok: false, error: { code: 'not-found' } });
  });
});
