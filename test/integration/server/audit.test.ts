import { describe, expect, test } from 'vitest';
import { seedAccounts } from '#server/seed/accounts.ts';
import { verifyServer } from '../../../scripts/tool/verify-server.ts';
import { browser, codeOf, PASSWORD, signedIn } from './console-browser.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { startServer } from './server-world.ts';

const freshDatabase = useDatabases();

describe.each(DATABASE_KINDS)('the audit log on %s', (kind) => {
  test('has each act, each refusal and each sign-in, newest first, and no password', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    await client.terminals.issueCode({ station: 'LF', terminal: 'LF-1' });
    expect(await codeOf(client.terminals.revoke({ terminal: 'XX-9' }))).toBe('UNKNOWN_TERMINAL');
    const dispatcher = browser(world.url);
    expect(await codeOf(dispatcher.client.session.signIn({ account: 'dispatcher', password: 'guessed-wrong' }))).toBe(
      'WRONG_CREDENTIALS',
    );
    await dispatcher.client.session.signIn({ account: 'dispatcher', password: PASSWORD });
    expect(await codeOf(dispatcher.client.terminals.revoke({ terminal: 'LD-1' }))).toBe('FORBIDDEN');
    // To look is no act.
    await client.overview();

    const { rows, total, accounts } = await client.audit.list({});
    expect(rows.map(({ account, act, outcome, about }) => [account, act, outcome, about])).toEqual([
      ['dispatcher', 'terminals.revoke', 'FORBIDDEN', {}],
      ['dispatcher', 'session.signIn', 'done', {}],
      ['dispatcher', 'session.signIn', 'WRONG_CREDENTIALS', {}],
      ['admin', 'terminals.revoke', 'UNKNOWN_TERMINAL', { terminal: 'XX-9' }],
      ['admin', 'terminals.revoke', 'ordered', { terminal: 'XX-9' }],
      ['admin', 'terminals.issueCode', 'ordered', { station: 'LF', terminal: 'LF-1' }],
      ['admin', 'session.signIn', 'done', {}],
    ]);
    expect(total).toBe(7);
    expect(accounts).toEqual(seedAccounts.map(({ account }) => account).toSorted());
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    expect(JSON.stringify(rows)).not.toContain('guessed-wrong');

    const refused = await client.audit.list({ refused: true, account: 'dispatcher' });
    expect(refused.rows.map(({ outcome }) => outcome)).toEqual(['FORBIDDEN', 'WRONG_CREDENTIALS']);
    const second = await client.audit.list({ page: 2, pageSize: 3 });
    expect(second.rows.map(({ seq }) => seq)).toEqual([4, 3, 2]);
  });

  test('who goes on guessing is noted once', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const guesser = browser(world.url);
    for (let times = 0; times < 12; times += 1) {
      await codeOf(guesser.client.session.signIn({ account: 'auditor', password: 'guessed-wrong' }));
    }
    const { rows } = await client.audit.list({ account: 'auditor' });
    expect(rows.filter(({ outcome }) => outcome === 'TOO_MANY_TRIES')).toHaveLength(1);
    expect(rows.filter(({ outcome }) => outcome === 'WRONG_CREDENTIALS')).toHaveLength(5);
  });

  test('acts at the same time stand one behind the other', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    await Promise.all(Array.from({ length: 20 }, () => client.terminals.issueCode({ station: 'LD' })));
    const { rows } = await client.audit.list({ pageSize: 100 });
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => 21 - index));
  });

  test.each([
    ['changed', 3, { outcome: 'ordered' }],
    ['taken out', 3, null],
    ['put to another name', 4, { account: 'auditor' }],
  ] as const)('an entry that was %s is found by verify', async (_what, seq, change) => {
    const choice = await freshDatabase(kind);
    const world = await startServer(choice);
    const { client } = await signedIn(world);
    for (const terminal of ['XX-1', 'XX-2']) await codeOf(client.terminals.revoke({ terminal }));
    const audit = async () => (await verifyServer(choice, false)).find(({ check }) => check === 'audit');
    expect(await audit()).toEqual({ check: 'audit', ok: true, detail: '5 entries' });
    const { db } = world.server.database;
    if (change === null) await db.deleteFrom('audit').where('seq', '=', seq).execute();
    else await db.updateTable('audit').set(change).where('seq', '=', seq).execute();
    expect(await audit()).toMatchObject({ ok: false });
  });
});
