import { expect, test } from 'vitest';
import { signedIn } from './console-browser.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { startServer } from './server-world.ts';

const freshDatabase = useDatabases();

test.each(DATABASE_KINDS)('lists as CSV, for those who may see them, without formulas, on %s', async (kind) => {
  const world = await startServer(await freshDatabase(kind));
  const { client, seen } = await signedIn(world);
  await client.people.create({ account: 'formula', name: '=HYPERLINK("http://x","甲"),乙', roles: ['editor'] });
  const get = (file: string, cookie: string) => fetch(`${world.url}/export/${file}`, { headers: { cookie } });
  const people = await get('people.csv', seen.cookie);
  expect(people.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const lines = Buffer.from(await people.arrayBuffer())
    .toString()
    .split('\r\n');
  expect(lines[0]).toBe('\ufeffaccount,name,roles,disabled,second step,last sign-in');
  expect(lines).toContain(`formula,"'=HYPERLINK(""http://x"",""甲""),乙",editor,,false,`);
  for (const name of ['items', 'loans', 'audit']) expect((await get(`${name}.csv`, seen.cookie)).status).toBe(200);
  expect((await get('other.csv', seen.cookie)).status).toBe(404);
  expect((await get('people.csv', '')).status).toBe(401);
  const editor = await signedIn(world, 'editor');
  expect((await get('people.csv', editor.seen.cookie)).status).toBe(403);
  const [refusal] = (await client.audit.list({ refused: true })).rows;
  expect(refusal).toMatchObject({ account: 'editor', act: 'people.list', outcome: 'FORBIDDEN' });
});

test.each(DATABASE_KINDS)('a CSV has what the list was asked for, on all its pages, on %s', async (kind) => {
  const world = await startServer(await freshDatabase(kind));
  const { client, seen } = await signedIn(world);
  for (const account of ['wang', 'li', 'zhao'])
    await client.people.create({ account, name: account, roles: ['editor'] });
  await client.people.disable({ account: 'li' });
  const get = (asked: string) =>
    fetch(`${world.url}/export/people.csv?${new URLSearchParams({ asked })}`, { headers: { cookie: seen.cookie } });
  const accounts = async (asked: object) =>
    (await (await get(JSON.stringify(asked))).text())
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[0]);
  expect(await accounts({ role: 'editor', state: 'active', descending: true, page: 7, pageSize: 1 })).toEqual(
    (await client.people.list({ role: 'editor', state: 'active', descending: true })).rows.map(
      ({ account }) => account,
    ),
  );
  expect(await accounts({ state: 'disabled' })).toEqual(['li']);
  for (const wrong of ['', '[]', 'null', '{"role":"king"}', '{"sort":1}', `"${'x'.repeat(2000)}"`])
    expect((await get(wrong)).status).toBe(400);
});
