import { expect, test } from 'vitest';
import { z } from 'zod';
import { consoleContract } from '#shared/contract/console.ts';
import { PASSWORD, signedIn } from './console-browser.ts';
import { useDatabases } from './databases.ts';
import { startServer } from './server-world.ts';

const freshDatabase = useDatabases();

const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ operationId: z.string(), responses: z.record(z.string(), z.unknown()) })),
  ),
});

function pathsOf(router: object, above: readonly string[] = []): string[] {
  return Object.entries(router).flatMap(([name, each]) =>
    '~orpc' in each ? [`/${[...above, name].join('/')}`] : pathsOf(each, [...above, name]),
  );
}

test('the document at /api names every call of the contract', async () => {
  const world = await startServer(await freshDatabase('sqlite'));
  const response = await fetch(`${world.url}/api`);
  const { openapi, paths } = documentSchema.parse(await response.json());
  expect(openapi).toMatch(/^3\.1\./);
  expect(Object.keys(paths).toSorted()).toEqual(pathsOf(consoleContract).toSorted());
  const operations = Object.values(paths).flatMap((each) => Object.values(each));
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { responses } of operations) expect(Object.keys(responses)).toContain('200');
});

test('a program signs in and calls, with the same checks as the page', async () => {
  const world = await startServer(await freshDatabase('sqlite'));
  await signedIn(world);
  const call = (path: string, body: object, cookie: string, origin = world.url) =>
    fetch(`${world.url}/api/${path}`, {
      method: 'POST',
      headers: { origin, cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const entered = await call('session/signIn', { account: 'editor', password: PASSWORD }, '');
  expect(entered.status).toBe(200);
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const list = await call('leaflets/list', { page: 1 }, cookie);
  expect([list.status, await list.json()]).toEqual([200, { rows: [], total: 0 }]);
  expect((await call('leaflets/list', {}, '')).status).toBe(401);
  expect((await call('terminals/list', {}, cookie)).status).toBe(403);
  expect((await call('leaflets/list', { page: 'one' }, cookie)).status).toBe(400);
  expect((await call('leaflets/list', {}, cookie, 'https://example.org')).status).toBe(403);
  expect((await call('no/such', {}, cookie)).status).toBe(404);
});
