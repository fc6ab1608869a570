import { describe, expect, test } from 'vitest';
import { fileSchema, type LeafletContent, leafletContentSchema } from '#shared/content/leaflet.ts';
import type { Role } from '#shared/people/roles.ts';
import { browser, codeOf, PASSWORD } from './console-browser.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { type ServerWorld, startServer } from './server-world.ts';

const freshDatabase = useDatabases();

const PICTURE = fileSchema.parse({ type: 'image/webp', hash: 'ab'.repeat(32), bytes: 1000, width: 1200, height: 800 });
const NOWHERE = '01990000-0000-7000-8000-0000000000ff';

function notice(zh: string, more: object = {}): LeafletContent {
  return leafletContentSchema.parse({
    title: { zh },
    summary: { zh: `${zh}的提要` },
    category: 'safety',
    tags: ['雨天'],
    priority: 'normal',
    audience: { kind: 'all' },
    window: { from: null, until: null, weekdays: [1, 2, 3, 4, 5, 6, 7], hours: null },
    body: { kind: 'notice', text: { zh: '慢点走' } },
    ...more,
  });
}

function pictures(file: object): object {
  return { body: { kind: 'pictures', pictures: [{ file, caption: null }] } };
}

async function signIn(world: ServerWorld, account: string, ...roles: ('editor' | 'reviewer')[]) {
  await world.server.accounts.save({ account, name: account, roles }, PASSWORD);
  const { client } = browser(world.url);
  await client.session.signIn({ account, password: PASSWORD });
  return client.leaflets;
}

describe.each(DATABASE_KINDS)('leaflets on %s', (kind) => {
  async function desk() {
    const world = await startServer(await freshDatabase(kind));
    const editor = await signIn(world, 'an-editor', 'editor');
    const reviewer = await signIn(world, 'a-reviewer', 'reviewer');
    return { world, editor, reviewer };
  }

  test('from draft to approved, then a next version takes its place', async () => {
    const { editor, reviewer } = await desk();
    const draft = await editor.create({ content: notice('雨天路滑') });
    expect(draft).toMatchObject({ version: 1, state: 'draft', author: 'an-editor', revision: 1 });
    const saved = await editor.save({ ...draft, content: notice('雨天路滑，慢点走') });
    const submitted = await editor.submit(saved);
    const approved = await reviewer.approve(submitted);
    expect(approved).toMatchObject({ state: 'approved', approver: 'a-reviewer' });
    expect(approved.approvedMs).not.toBeNull();

    const { leaflet } = draft;
    const next = await editor.create({ leaflet, content: notice('雪天路滑') });
    expect(next.version).toBe(2);
    // While it is worked on, the old one stands.
    expect((await editor.list({})).rows).toMatchObject([{ version: 2, state: 'draft', approvedVersion: 1 }]);
    await reviewer.approve(await editor.submit(next));
    const { versions } = await reviewer.versions({ leaflet });
    expect(versions.map(({ version, state, content }) => [version, state, content.title.zh])).toEqual([
      [2, 'approved', '雪天路滑'],
      [1, 'replaced', '雨天路滑，慢点走'],
    ]);
    expect((await editor.list({})).rows).toMatchObject([{ version: 2, state: 'approved', approvedVersion: 2 }]);
  });

  test('sent back with the reason, mended, submitted anew; withdrawn with the reason', async () => {
    const { editor, reviewer } = await desk();
    const submitted = await editor.submit(await editor.create({ content: notice('通知') }));
    const back = await reviewer.sendBack({ ...submitted, remark: '电话写错了' });
    expect(back).toMatchObject({ state: 'draft', remark: '电话写错了' });
    const approved = await reviewer.approve(
      await editor.submit(await editor.save({ ...back, content: notice('通知二') })),
    );
    expect(approved.remark).toBeNull();
    expect(await reviewer.withdraw({ ...approved, remark: '过期了' })).toMatchObject({
      state: 'withdrawn',
      remark: '过期了',
    });
    expect((await editor.list({ state: 'withdrawn' })).rows).toMatchObject([{ approvedVersion: null }]);
  });

  test('nobody approves what they wrote or touched, whatever their roles', async () => {
    const { world, editor } = await desk();
    const both = await signIn(world, 'both', 'editor', 'reviewer');
    const own = await both.submit(await both.create({ content: notice('自己写的') }));
    expect(await codeOf(both.approve(own))).toBe('OWN_WORK');
    const theirs = await editor.create({ content: notice('别人写的') });
    const touched = await both.save({ ...theirs, content: notice('别人写的，我改过') });
    expect(await codeOf(both.approve(await editor.submit(touched)))).toBe('OWN_WORK');
  });

  test('two who save the same draft: the second is told', async () => {
    const { world, editor } = await desk();
    const other = await signIn(world, 'another', 'editor');
    const draft = await editor.create({ content: notice('一份草稿') });
    const codes = await Promise.all(
      [editor, other].map((each) => codeOf(each.save({ ...draft, content: notice('改过') }))),
    );
    expect(codes.toSorted()).toEqual(['CONFLICT', 'none']);
  });

  test('approving what was changed meanwhile is refused', async () => {
    const { editor, reviewer } = await desk();
    const submitted = await editor.submit(await editor.create({ content: notice('看过的') }));
    const back = await reviewer.sendBack({ ...submitted, remark: '再看看' });
    await editor.submit(await editor.save({ ...back, content: notice('没看过的') }));
    expect(await codeOf(reviewer.approve(submitted))).toBe('CONFLICT');
  });

  test('a second draft of one leaflet, and steps out of turn, are refused', async () => {
    const { editor, reviewer } = await desk();
    const draft = await editor.create({ content: notice('草稿') });
    const { leaflet } = draft;
    expect(await codeOf(editor.create({ leaflet, content: notice('又一份') }))).toBe('CONFLICT');
    expect(await codeOf(reviewer.approve(draft))).toBe('CONFLICT');
    expect(await codeOf(reviewer.withdraw({ ...draft, remark: '不要了' }))).toBe('CONFLICT');
    const submitted = await editor.submit(draft);
    expect(await codeOf(editor.save({ ...submitted, content: notice('送审了还改') }))).toBe('CONFLICT');
    expect(await codeOf(editor.discard(submitted))).toBe('CONFLICT');
    expect(await codeOf(editor.create({ leaflet: NOWHERE, content: notice('没有') }))).toBe('NOT_FOUND');
    expect(await codeOf(editor.submit({ leaflet: NOWHERE, version: 1, revision: 1 }))).toBe('NOT_FOUND');
  });

  test('a draft thrown away is gone; of a next version the one before stays', async () => {
    const { editor, reviewer } = await desk();
    await editor.discard(await editor.create({ content: notice('不要的') }));
    expect(await editor.list({})).toEqual({ rows: [], total: 0 });
    const approved = await reviewer.approve(await editor.submit(await editor.create({ content: notice('要的') })));
    await editor.discard(await editor.create({ leaflet: approved.leaflet, content: notice('改坏了') }));
    expect((await editor.list({})).rows).toMatchObject([{ version: 1, state: 'approved', title: { zh: '要的' } }]);
  });

  test.each(['<b>粗</b>', '[点我](javascript:alert(1))', '![图](https://example.org/x.png)', '*a'.repeat(2000)])(
    'a text with %s in it is refused, written and saved',
    async (text) => {
      const { editor } = await desk();
      const unsafe = notice('标题', { body: { kind: 'article', text: { zh: text }, pictures: [] } });
      expect(await codeOf(editor.create({ content: unsafe }))).toBe('UNSAFE_TEXT');
      const draft = await editor.create({ content: notice('标题') });
      expect(await codeOf(editor.save({ ...draft, content: unsafe }))).toBe('UNSAFE_TEXT');
    },
  );

  test('a file that is not here, or is not what is said of it, is refused', async () => {
    const { world, editor } = await desk();
    expect(await codeOf(editor.create({ content: notice('图', pictures(PICTURE)) }))).toBe('UNKNOWN_FILE');
    await world.server.leaflets.addFile(PICTURE);
    const draft = await editor.create({ content: notice('图', pictures(PICTURE)) });
    const lie = pictures({ ...PICTURE, width: 10 });
    expect(await codeOf(editor.save({ ...draft, content: notice('图', lie) }))).toBe('UNKNOWN_FILE');
  });

  test('lists by word, state, category and kind, sorted and paged', async () => {
    const { world, editor } = await desk();
    await world.server.leaflets.addFile(PICTURE);
    for (const title of ['甲', '乙', '丙 50%']) await editor.create({ content: notice(title, { category: 'policy' }) });
    await editor.submit(await editor.create({ content: notice('图片', pictures(PICTURE)) }));
    const titles = async (query: Parameters<typeof editor.list>[0]) =>
      (await editor.list(query)).rows.map(({ title }) => title.zh);
    expect(await titles({ search: '50%' })).toEqual(['丙 50%']);
    expect(await titles({ search: '雨天', category: 'safety' })).toEqual(['图片']);
    expect(await titles({ kind: 'pictures' })).toEqual(['图片']);
    expect(await titles({ state: 'submitted' })).toEqual(['图片']);
    expect(await titles({ sort: 'title', pageSize: 2, page: 2 })).toHaveLength(2);
    expect((await editor.list({ search: '%' })).total).toBe(1);
    expect(await editor.list({ search: '没有\0' })).toEqual({ rows: [], total: 0 });
  });

  test('its files are read by those who may read leaflets, with the type that they are', async () => {
    const { world } = await desk();
    const bytes = Buffer.from('these bytes are taken for a picture');
    const { blobs, leaflets } = world.server;
    if (blobs === null) throw new Error('no blobs');
    const hash = await blobs.put(bytes, 'server');
    const unnamed = await blobs.put(Buffer.from('a photograph of somebody else'), 'server');
    await leaflets.addFile({ ...PICTURE, hash, bytes: bytes.length });
    const ask = async (role: Role | null, asked: string, headers: Record<string, string> = {}) => {
      const { client, seen } = browser(world.url);
      if (role !== null) {
        await world.server.accounts.save({ account: role, name: role, roles: [role] }, PASSWORD);
        await client.session.signIn({ account: role, password: PASSWORD });
      }
      return fetch(`${world.url}/files/v1/${asked}`, { headers: { cookie: seen.cookie, ...headers } });
    };
    const answer = await ask('reviewer', hash);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.text()).toBe(bytes.toString());
    const part = await ask('editor', hash, { range: 'bytes=6-10' });
    expect([part.status, await part.text()]).toEqual([206, 'bytes']);
    const statuses = [
      await ask(null, hash),
      await ask('dispatcher', hash),
      await ask('editor', unnamed),
      await ask('editor', 'ff'.repeat(32)),
      await ask('editor', '..%2f..%2fcontent-keys.json'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 403, 404, 404, 404]);
  });
});
