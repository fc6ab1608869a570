import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { installRoot } from '#server/releases/installation.ts';
import { holdCeremony, serverKeysOf } from '#server/releases/ceremony.ts';
import { writeStick } from '#server/releases/stick.ts';
import { CONTENT_PATHS } from '#shared/contract/content.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { DATABASE_KINDS, useDatabases } from '../server/databases.ts';
import { notice } from '../server/leaflets/leaflet-world.ts';
import { newKey, releaseWorld } from './release-world.ts';

const freshDatabase = useDatabases();
const DAY = 86_400_000;

describe.each(DATABASE_KINDS)('trust on %s', (kind) => {
  test('the next root adds an approver: terminals follow it, and the old approver counts no more', async () => {
    const world = await releaseWorld(await freshDatabase(kind));
    const { server, clock, rootKey } = world;
    await world.approve(notice('第一次'));
    const terminal = world.start('LD-1');
    await world.publish([]);
    terminal.poke();
    await world.shows(terminal, 1);
    const second = newKey();
    await world.saveKey('second', second);
    const nextRootKey = newKey();
    const next = holdCeremony({
      nowMs: clock.now(),
      rootKeys: [nextRootKey],
      approvers: [second.key.keyval.public],
      server: serverKeysOf(server.contentKeys),
      before: { text: world.root, keys: [rootKey] },
    });
    if (!next.ok) throw new Error(next.error);
    expect(await installRoot(server.database, server.contentKeys, clock.now(), next.value.text)).toEqual({
      ok: true,
      value: { version: 2 },
    });
    // Nothing was approved since, but what is served is signed by a key that counts no more: it may be signed anew.
    expect(await server.releases.publish('reviewer', await world.sign())).toEqual({
      ok: false,
      error: 'wrong-signature',
    });
    expect((await server.releases.publish('second', await world.sign(second, []))).ok).toBe(true);
    terminal.poke();
    await world.shows(terminal, 2);
    // Whoever asked between the two kept what was shown, and believes the new approver now.
    await expect.poll(() => terminal.view().stale, { timeout: 10_000 }).toBe(false);
  });

  test('a root that nobody of before has signed, or that skips one, is not taken', async () => {
    const world = await releaseWorld(await freshDatabase(kind));
    const { server, clock } = world;
    const stranger = newKey();
    const parts = {
      nowMs: clock.now(),
      rootKeys: [stranger],
      approvers: [stranger.key.keyval.public],
      server: serverKeysOf(server.contentKeys),
    };
    const install = (text: string) => installRoot(server.database, server.contentKeys, clock.now(), text);
    const own = holdCeremony({ ...parts, before: null });
    if (!own.ok) throw new Error(own.error);
    expect(await install(own.value.text)).toEqual({ ok: false, error: 'wrong-version' });
    expect(await install(own.value.text.replace('"version":1', '"version":2'))).toEqual({
      ok: false,
      error: 'unsigned',
    });
    expect(await install('{}')).toEqual({ ok: false, error: 'no-root' });
    expect(holdCeremony({ ...parts, before: { text: world.root, keys: [stranger] } })).toEqual({
      ok: false,
      error: 'before',
    });
    const elsewhere = holdCeremony({
      ...parts,
      rootKeys: [world.rootKey],
      server: { snapshot: 'ab'.repeat(32), timestamp: 'ab'.repeat(32) },
      before: { text: world.root, keys: [world.rootKey] },
    });
    if (!elsewhere.ok) throw new Error(elsewhere.error);
    expect(await install(elsewhere.value.text)).toEqual({ ok: false, error: 'other-server' });
  });

  test('the server signs its own word anew before it ends, and terminals never see it expired', async () => {
    const world = await releaseWorld(await freshDatabase(kind));
    await world.approve(notice('长期有效'));
    const terminal = world.start('LD-1');
    await world.publish([]);
    terminal.poke();
    await world.shows(terminal, 1);
    for (let day = 0; day < 20; day += 1) {
      world.clock.pass(DAY / 2);
      await world.server.releases.renew();
    }
    terminal.poke();
    await expect.poll(() => terminal.view().stale, { timeout: 10_000 }).toBe(false);
    world.clock.pass(2 * DAY);
    terminal.poke();
    await expect.poll(() => terminal.view().stale, { timeout: 10_000 }).toBe(true);
    expect(terminal.view().release).toBe(1);
  });

  test('a terminal reads its own station’s files and no others, and is told the root when it is enrolled', async () => {
    const world = await releaseWorld(await freshDatabase(kind));
    await world.approve(notice('只给莲德', { audience: { kind: 'stations', stations: ['LD'] } }));
    await world.publish([]);
    const rows = await world.server.database.db.selectFrom('content_targets').select(['file', 'station']).execute();
    const statusOf = async (file: string) => (await world.get('LF-1', CONTENT_PATHS.targets + file)).status;
    for (const { file, station } of rows)
      expect([file, await statusOf(file)]).toEqual([file, station === 'LF' ? 200 : 404]);
    expect((await world.get('LF-1', `${CONTENT_PATHS.metadata}2.root.json`)).status).toBe(404);
    expect((await fetch(`${world.url}${CONTENT_PATHS.metadata}timestamp.json`)).status).toBe(401);
    const { enrolment } = world.server;
    const { code } = await enrolment.issue({ station: 'LF' });
    const answer = await enrolment.enrol({ ...testIdentity(world.clock.now).enrolled, code }, '127.0.0.1');
    expect(answer).toMatchObject({ ok: true, value: { contentRoot: world.root } });
  });

  test('a stick brings the same to a terminal without a network', async () => {
    const world = await releaseWorld(await freshDatabase(kind));
    await world.approve(notice('插上就看'));
    await world.publish([]);
    const stick = mkdtempSync(join(tmpdir(), 'red-sail-stick-'));
    const { server } = world;
    if (server.blobs === null) throw new Error('no blobs');
    expect(await writeStick(server.database.db, server.blobs, 'LD', stick)).toEqual({
      ok: true,
      value: { release: 1, files: 0 },
    });
    expect(await writeStick(server.database.db, server.blobs, 'ZZ', stick)).toEqual({
      ok: false,
      error: 'unknown-station',
    });
    const away = () => Promise.reject(new TypeError('no network'));
    const terminal = world.start('LD-1', { stickFolders: [stick], fetch: away });
    await world.shows(terminal, 1);
  });
});

test('the ceremony, as a person holds it: keys, root, installed, and another approver later', async () => {
  const world = await releaseWorld(await freshDatabase('sqlite'));
  await world.close();
  const folder = mkdtempSync(join(tmpdir(), 'red-sail-ceremony-'));
  const tool = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)('node', ['scripts/tool.ts', 'ceremony', ...args], {
      env: { ...process.env, ROOT_PASSPHRASE: 'only for this test' },
    });
    return stdout.trim();
  };
  const data = join(folder, 'data');
  const server = join(folder, 'server-keys.json');
  writeFileSync(join(folder, 'made'), '');
  await promisify(execFile)('mkdir', ['-p', data]);
  writeFileSync(server, await tool('keys', '--data', data));
  const key = join(folder, 'root-key.pem');
  const approver = newKey().key.keyval.public;
  const first = JSON.parse(
    await tool('hold', '--server', server, '--approver', approver, '--key', key, '--out', folder),
  ) as { file: string };
  expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(readFileSync(key, 'utf8')).toContain('ENCRYPTED PRIVATE KEY');
  expect(JSON.parse(await tool('install', '--data', data, first.file))).toEqual({ installed: 1 });
  const more = ['--approver', approver, '--approver', newKey().key.keyval.public];
  const second = JSON.parse(
    await tool('hold', '--server', server, ...more, '--key', key, '--before', first.file, '--out', folder),
  ) as { file: string };
  expect(JSON.parse(await tool('install', '--data', data, second.file))).toEqual({ installed: 2 });
  await expect(tool('install', '--data', data, first.file)).rejects.toMatchObject({ code: 1 });
});
