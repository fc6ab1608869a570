import { Secret, TOTP } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { FILES_PATH } from '#shared/contract/uploads.ts';
import { browser, codeOf, PASSWORD, signedIn } from './console-browser.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { type ServerWorld, startServer } from './server-world.ts';

const freshDatabase = useDatabases();

const NEW = { account: 'wang.cheng', name: '王程（演示）', roles: ['editor'] } as const;
const NEXT = 'three-small-boats';

const codeAt = (secret: string, ms: number) =>
  new TOTP({ secret: Secret.fromBase32(secret), period: 30, digits: 6 }).generate({ timestamp: ms });

/** Turns the second step on, and says its secret and codes for recovery. */
async function withTotp(world: ServerWorld, { client }: Pick<Awaited<ReturnType<typeof signedIn>>, 'client'>) {
  const { secret, uri } = await client.me.beginTotp({ password: PASSWORD });
  expect(uri).toContain(secret);
  const { recoveryCodes } = await client.me.confirmTotp({ code: codeAt(secret, world.clock.now()) });
  return { secret, recoveryCodes };
}

describe.each(DATABASE_KINDS)('people of the console on %s', (kind) => {
  test('a new account signs in with its one-time password, and does nothing before it has another', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const { password } = await client.people.create({ ...NEW, roles: [...NEW.roles] });
    expect(await codeOf(client.people.create({ ...NEW, roles: ['admin'] }))).toBe('ACCOUNT_TAKEN');
    const theirs = browser(world.url);
    const who = await theirs.client.session.signIn({ account: NEW.account, password });
    expect(who).toMatchObject({ must: 'password', roles: ['editor'] });
    expect(await codeOf(theirs.client.leaflets.list({}))).toBe('SETUP_FIRST');
    const read = await fetch(`${world.url}${FILES_PATH}/${'0'.repeat(64)}`, {
      headers: { cookie: theirs.seen.cookie },
    });
    expect(read.status).toBe(403);
    expect(await codeOf(theirs.client.me.changePassword({ password, next: password }))).toBe('SAME_PASSWORD');
    await theirs.client.me.changePassword({ password, next: NEXT });
    expect(await codeOf(theirs.client.leaflets.list({}))).toBe('none');
    expect(await codeOf(browser(world.url).client.session.signIn({ account: NEW.account, password }))).toBe(
      'WRONG_CREDENTIALS',
    );
    const { rows } = await client.audit.list({ pageSize: 100 });
    expect(JSON.stringify(rows)).not.toContain(password);
  });

  test('a list by search, role and state', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    await client.people.create({ ...NEW, roles: ['editor', 'reviewer'] });
    await client.people.disable({ account: 'worker' });
    const accounts = async (input: Parameters<typeof client.people.list>[0]) =>
      (await client.people.list(input)).rows.map(({ account }) => account);
    expect(await accounts({ search: '王程' })).toEqual([NEW.account]);
    expect(await accounts({ search: 'WANG' })).toEqual([NEW.account]);
    expect(await accounts({ search: '%' })).toEqual([]);
    expect(await accounts({ role: 'editor' })).toEqual(['editor', NEW.account]);
    expect(await accounts({ state: 'disabled' })).toEqual(['worker']);
    const second = await client.people.list({ pageSize: 4, page: 2, descending: true });
    expect([second.total, second.rows.length]).toEqual([9, 4]);
    const [admin] = (await client.people.list({ search: 'admin' })).rows;
    expect(admin).toMatchObject({ sessions: 1, totp: false, mustChange: false, disabledMs: null });
  });

  test('what admins do counts at once, and nobody does it to themselves', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const editor = browser(world.url);
    const signIn = () => codeOf(editor.client.session.signIn({ account: 'editor', password: PASSWORD }));
    expect(await signIn()).toBe('none');
    await client.people.endSessions({ account: 'editor' });
    expect(await editor.client.session.who()).toBeNull();
    expect(await signIn()).toBe('none');
    await client.people.disable({ account: 'editor' });
    expect(await editor.client.session.who()).toBeNull();
    expect(await signIn()).toBe('WRONG_CREDENTIALS');
    await client.people.enable({ account: 'editor' });
    expect(await signIn()).toBe('none');
    const { password } = await client.people.newPassword({ account: 'editor' });
    expect(await editor.client.session.who()).toBeNull();
    expect(await codeOf(editor.client.session.signIn({ account: 'editor', password }))).toBe('none');

    const own = { account: 'admin' };
    expect(await codeOf(client.people.disable(own))).toBe('OWN_ACCOUNT');
    expect(await codeOf(client.people.newPassword(own))).toBe('OWN_ACCOUNT');
    expect(await codeOf(client.people.resetTotp(own))).toBe('OWN_ACCOUNT');
    expect(await codeOf(client.people.change({ ...own, name: '管理员', roles: ['admin', 'editor'] }))).toBe(
      'OWN_ACCOUNT',
    );
    expect(await codeOf(client.people.change({ ...own, name: '管理员甲', roles: ['admin'] }))).toBe('none');
    expect(await codeOf(client.people.enable({ account: 'nobody' }))).toBe('UNKNOWN_ACCOUNT');
  });

  test('two admins who remove each other at once leave one', async () => {
    const world = await startServer(await freshDatabase(kind));
    const first = await signedIn(world);
    await first.client.people.change({ account: 'worker', name: '甲', roles: ['admin'] });
    const second = browser(world.url);
    await second.client.session.signIn({ account: 'worker', password: PASSWORD });
    await Promise.all([
      codeOf(first.client.people.change({ account: 'worker', name: '甲', roles: ['worker'] })),
      codeOf(second.client.people.change({ account: 'admin', name: '乙', roles: ['worker'] })),
    ]);
    const rows = await world.server.database.db.selectFrom('accounts').select('roles').execute();
    expect(rows.filter(({ roles }) => roles.includes('"admin"'))).toHaveLength(1);
  });

  test('with a second step sign-in asks for a code, and takes each once', async () => {
    const world = await startServer(await freshDatabase(kind));
    const mine = await signedIn(world);
    const { secret, recoveryCodes } = await withTotp(world, mine);
    const signIn = (code?: string) =>
      codeOf(
        browser(world.url).client.session.signIn({
          account: 'admin',
          password: PASSWORD,
          ...(code === undefined ? {} : { code }),
        }),
      );
    expect(await signIn()).toBe('CODE_NEEDED');
    // The code that proved the app was used.
    expect(await signIn(codeAt(secret, world.clock.now()))).toBe('WRONG_CREDENTIALS');
    world.clock.pass(60_000);
    const code = codeAt(secret, world.clock.now());
    expect([await signIn(code), await signIn(code)]).toEqual(['none', 'WRONG_CREDENTIALS']);
    expect(await signIn(codeAt(secret, world.clock.now() + 30_000))).toBe('none');
    expect(await signIn(codeAt(secret, world.clock.now() + 90_000))).toBe('WRONG_CREDENTIALS');
    expect(recoveryCodes).toHaveLength(8);
    for (const recovery of recoveryCodes) {
      expect([await signIn(recovery), await signIn(recovery)]).toEqual(['none', 'WRONG_CREDENTIALS']);
    }
    const kept = JSON.stringify(await world.server.database.db.selectFrom('recovery_codes').selectAll().execute());
    expect(kept).toBe('[]');
  });

  test('codes can’t be guessed by asking with the password in between', async () => {
    const world = await startServer(await freshDatabase(kind));
    await withTotp(world, await signedIn(world));
    const { client } = browser(world.url);
    const codes = [];
    for (let time = 0; time < 7; time += 1) {
      await codeOf(client.session.signIn({ account: 'admin', password: PASSWORD }));
      codes.push(await codeOf(client.session.signIn({ account: 'admin', password: PASSWORD, code: 'guess' })));
    }
    expect(codes.slice(5)).toEqual(['TOO_MANY_TRIES', 'TOO_MANY_TRIES']);
  });

  test('an admin without a second step can do nothing but set it up, where it is required', async () => {
    const world = await startServer(await freshDatabase(kind), { requireTotp: true });
    const mine = await signedIn(world);
    expect(await mine.client.session.who()).toMatchObject({ must: 'second-step' });
    expect(await codeOf(mine.client.terminals.list())).toBe('SETUP_FIRST');
    const list = await fetch(`${world.url}/export/people.csv`, { headers: { cookie: mine.seen.cookie } });
    expect(list.status).toBe(403);
    await withTotp(world, mine);
    expect(await codeOf(mine.client.terminals.list())).toBe('none');
    const editor = await signedIn(world, 'editor');
    expect(await codeOf(editor.client.leaflets.list({}))).toBe('none');
  });

  test('a new password ends the other sessions, and only those', async () => {
    const world = await startServer(await freshDatabase(kind));
    const here = await signedIn(world);
    const there = await signedIn(world);
    await here.client.me.changePassword({ password: PASSWORD, next: NEXT });
    expect(await there.client.session.who()).toBeNull();
    expect(await here.client.session.who()).not.toBeNull();
  });

  test('the lock-out grows, survives a restart, and tells nobody who has an account', async () => {
    const choice = await freshDatabase(kind);
    const world = await startServer(choice);
    await signedIn(world);
    const guess = (at: ServerWorld, account: string) =>
      codeOf(browser(at.url).client.session.signIn({ account, password: 'wrong' }));
    for (const account of ['editor', 'nobody']) {
      const codes = [];
      for (let time = 0; time < 6; time += 1) codes.push(await guess(world, account));
      // A minute, then two: the sixth wrong one is locked out for longer than the fifth.
      world.clock.pass(60_001);
      codes.push(await guess(world, account));
      world.clock.pass(60_001);
      codes.push(await guess(world, account));
      expect(codes).toEqual([
        ...Array.from({ length: 5 }, () => 'WRONG_CREDENTIALS'),
        'TOO_MANY_TRIES',
        'WRONG_CREDENTIALS',
        'TOO_MANY_TRIES',
      ]);
    }
    await world.close();
    const again = await startServer(choice);
    expect(await guess(again, 'editor')).toBe('TOO_MANY_TRIES');
  });

  test('sessions that are over or made up, and signing out, stand in the audit log', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const stranger = browser(world.url);
    stranger.seen.cookie = 'red-sail-console=made-up';
    const get = (path: string) => fetch(`${world.url}${path}`, { headers: { cookie: stranger.seen.cookie } });
    expect((await get('/export/items.csv')).status).toBe(401);
    expect((await get(`${FILES_PATH}/${'0'.repeat(64)}`)).status).toBe(401);
    for (let time = 0; time < 8; time += 1) await codeOf(stranger.client.overview());
    const editor = await signedIn(world, 'editor');
    await editor.client.session.signOut();
    const { rows, accounts } = await client.audit.list({ pageSize: 100 });
    expect(rows.filter(({ outcome }) => outcome === 'UNAUTHORIZED').map(({ account, act }) => [account, act])).toEqual(
      ['overview', 'overview', 'overview', 'files.read', 'items'].map((act) => ['', act]),
    );
    expect(rows[0]).toMatchObject({ account: 'editor', act: 'session.signOut', outcome: 'done' });
    await codeOf(stranger.client.session.signIn({ account: 'made-up-name', password: 'wrong' }));
    expect((await client.audit.list({})).accounts).toEqual(accounts);
    expect(accounts).not.toContain('made-up-name');
  });
});
