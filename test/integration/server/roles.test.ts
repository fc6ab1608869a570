import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { consoleContract } from '#shared/contract/console.ts';
import { ROLES, type Role } from '#shared/people/roles.ts';
import cases from '../../cases/roles.json' with { type: 'json' };
import { browser, PASSWORD } from './console-browser.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { type ServerWorld, startServer } from './server-world.ts';

const freshDatabase = useDatabases();

const { calls } = z
  .object({ calls: z.array(z.object({ call: z.string(), roles: z.array(z.enum(ROLES)), why: z.string() })) })
  .parse(cases);

/** Calls that anybody may make: they are how one signs in. */
const OPEN = new Set(['session.signIn', 'session.signOut', 'session.who']);

/** Of those calls that want to be asked something; the answer may well be that there is no such thing. */
const LEAFLET = { leaflet: '01990000-0000-7000-8000-0000000000ff', version: 1, revision: 1 };
const CONTENT = {
  title: { zh: '标题' },
  summary: { zh: '一句话' },
  category: 'other',
  tags: [],
  priority: 'normal',
  audience: { kind: 'all' },
  window: { from: null, until: null, weekdays: [1], hours: null },
  body: { kind: 'notice', text: { zh: '通知' } },
};
const INPUTS: Readonly<Record<string, object>> = {
  'leaflets.versions': LEAFLET,
  'leaflets.create': { content: CONTENT },
  'leaflets.save': { ...LEAFLET, content: CONTENT },
  'leaflets.discard': LEAFLET,
  'leaflets.submit': LEAFLET,
  'leaflets.sendBack': { ...LEAFLET, remark: '请再看看' },
  'leaflets.approve': LEAFLET,
  'leaflets.withdraw': { ...LEAFLET, remark: '过期了' },
  'quarantine.entry': { key: '0'.repeat(64) },
  'quarantine.letIn': { key: '0'.repeat(64) },
  'terminals.issueCode': { station: 'LF' },
  'terminals.revoke': { terminal: 'XX-9' },
};

function pathsOf(router: object, above: readonly string[] = []): string[] {
  return Object.entries(router).flatMap(([name, each]) => {
    const path = [...above, name];
    return '~orpc' in each ? [path.join('.')] : pathsOf(each, path);
  });
}

/** How the server answers this call: `none` where it was made, else the code. */
async function answerTo(world: ServerWorld, cookie: string, call: string): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(`${world.url}/rpc/${call.replaceAll('.', '/')}`, {
    method: 'POST',
    headers: { origin: world.url, cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ json: INPUTS[call] ?? {} }),
    signal: stop.signal,
  });
  if (response.ok) {
    // A watch would go on for ever.
    stop.abort();
    return 'none';
  }
  return z.object({ json: z.object({ code: z.string() }) }).parse(await response.json()).json.code;
}

async function cookieOf(world: ServerWorld, role: Role): Promise<string> {
  await world.server.accounts.save({ account: role, name: role, roles: [role] }, PASSWORD);
  const { client, seen } = browser(world.url);
  await client.session.signIn({ account: role, password: PASSWORD });
  return seen.cookie;
}

test('every call has a row, and every row a call', () => {
  const wanted = pathsOf(consoleContract).filter((path) => !OPEN.has(path));
  expect(calls.map(({ call }) => call).toSorted()).toEqual(wanted.toSorted());
});

describe.each(DATABASE_KINDS)('who may do what, on %s', (kind) => {
  test('each call by each role: made, or refused as the table says', async () => {
    const world = await startServer(await freshDatabase(kind));
    for (const role of ROLES) {
      const cookie = await cookieOf(world, role);
      for (const { call, roles } of calls) {
        const answer = await answerTo(world, cookie, call);
        const refused = answer === 'FORBIDDEN' || answer === 'UNAUTHORIZED';
        expect([role, call, refused ? answer : 'made']).toEqual([
          role,
          call,
          roles.includes(role) ? 'made' : 'FORBIDDEN',
        ]);
      }
    }
  });

  test('nobody signed in: every call is refused', async () => {
    const world = await startServer(await freshDatabase(kind));
    for (const { call } of calls) {
      for (const cookie of ['', 'red-sail-console=made-up']) {
        expect([call, await answerTo(world, cookie, call)]).toEqual([call, 'UNAUTHORIZED']);
      }
    }
  });

  test('roles that are taken away count from the next call on', async () => {
    const world = await startServer(await freshDatabase(kind));
    const cookie = await cookieOf(world, 'admin');
    expect(await answerTo(world, cookie, 'terminals.list')).toBe('none');
    await world.server.accounts.save({ account: 'admin', name: 'admin', roles: ['editor'] }, PASSWORD);
    expect(await answerTo(world, cookie, 'terminals.list')).toBe('FORBIDDEN');
  });
});
