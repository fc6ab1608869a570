import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { pino } from 'pino';
import { z } from 'zod';
import { enrol } from '#electron/core/identity/enrol.ts';
import { seedEvents } from '#server/seed/seed-events.ts';
import { blobHashSchema, blobPath } from '#shared/contract/blobs.ts';
import { NDJSON, readLines } from '#shared/contract/ndjson.ts';
import { eventSchema } from '#shared/ledger/event.ts';
import { pushResponseSchema, SYNC_PATHS } from '#shared/contract/sync.ts';
import { signInAtConsole } from '../../../scripts/demo/console-client.ts';
import { COMMUNITY_KEY, eventWriter, temporaryFolder } from '../../fixtures/ledger-world.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { draftsOf, pushBody } from './server-world.ts';

const freshDatabase = useDatabases();
const ROOT = join(import.meta.dirname, '../../..');
const PASSWORD = 'hongfan-in-tests';
const DEMO = {
  communityKey: COMMUNITY_KEY,
  adminPassword: PASSWORD,
};

function demoFile(content: unknown = DEMO): string {
  const file = join(temporaryFolder(), 'community.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function start(env: Record<string, string>, args: readonly string[]) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child: ChildProcess = spawn(process.execPath, ['server/main.ts', ...args], {
    cwd: ROOT,
    env: { ...inherited, NODE_NO_WARNINGS: '1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('pipes were asked for');
  const said = { errors: '' };
  stderr.on('data', (chunk) => (said.errors += String(chunk)));
  const ended = once(child, 'close').then(([code]) => z.number().nullable().parse(code));
  const ready = async () => {
    const [line] = await Promise.race([
      once(createInterface({ input: stdout }), 'line'),
      ended.then((code) => [`ended with ${code}: ${said.errors}`]),
    ]);
    return z.object({ ready: z.literal(true), url: z.url() }).parse(JSON.parse(String(line))).url;
  };
  return { child, said, ended, ready };
}

/** Enrols LD-1 as a technician would, with a code of the console. */
async function enrolled(url: string) {
  const { terminals } = await signInAtConsole(url, 'admin', PASSWORD);
  const { code } = await terminals.issueCode({ station: 'LD' });
  const identity = testIdentity(Date.now);
  const answer = await enrol({
    keys: identity.store(),
    serverUrl: url,
    code,
    device: 'test',
    fetch,
    now: Date.now,
    log: pino({ level: 'silent' }),
  });
  expect(answer).toMatchObject({ ok: true, value: { terminal: 'LD-1', communityKey: COMMUNITY_KEY } });
  return identity;
}

const PULL_ALL = `${SYNC_PATHS.pull}?writer=LD-1&epoch=&cursor=&acked=0&unsent=0`;

async function pull(url: string, identity: ReturnType<typeof testIdentity>) {
  const { lines } = readLines(await (await identity.fetch(`${url}${PULL_ALL}`, {})).text());
  return { events: lines.map((line) => eventSchema.parse(JSON.parse(line))) };
}

describe.each(DATABASE_KINDS)('the server’s process on %s', (kind) => {
  async function environment(): Promise<Record<string, string>> {
    const choice = await freshDatabase(kind);
    const folder = { DATA_DIR: join(temporaryFolder(), 'not', 'made', 'yet') };
    return choice.kind === 'sqlite' ? folder : { ...folder, DATABASE_URL: choice.url };
  }

  test('seeds an empty database once, and ends in order when told to', async () => {
    const env = await environment();
    const file = demoFile();
    const wanted = seedEvents({ communityKey: COMMUNITY_KEY }).filter(
      ({ scope, subject }) => scope === 'community' || subject.startsWith('supply:LD/'),
    );
    let identity: ReturnType<typeof testIdentity> | null = null;
    for (const _time of ['first', 'second']) {
      const { child, ended, ready, said } = start(env, ['--demo', file]);
      const url = await ready();
      identity ??= await enrolled(url);
      const { events } = await pull(url, identity);
      expect(events.map(({ subject }) => subject)).toEqual(wanted.map(({ subject }) => subject));
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(said.errors).not.toContain(PASSWORD);
      expect(said.errors).not.toContain(identity.key.d);
      expect(said.errors).not.toContain(COMMUNITY_KEY);
    }
  });

  test('a process that is killed has what it acknowledged', async () => {
    const env = await environment();
    const file = demoFile();
    const { child, ended, ready } = start(env, ['--demo', file]);
    const url = await ready();
    const identity = await enrolled(url);
    const headers = { 'content-type': NDJSON };
    const write = eventWriter('LD-1', 'LD');
    const page = Array.from({ length: 40 }, (_, item) => write(draftsOf('LD').lent(item + 1)));
    let acked = 0;
    for (const event of page) {
      const sending = identity.fetch(url + SYNC_PATHS.push, {
        method: 'POST',
        headers,
        body: pushBody('LD-1', [event]),
      });
      if (event.n === 30) setImmediate(() => child.kill('SIGKILL'));
      try {
        ({ acked } = pushResponseSchema.parse(await (await sending).json()));
      } catch {
        break;
      }
    }
    await ended;
    expect(acked).toBeGreaterThanOrEqual(29);
    const again = start(env, ['--demo', file]);
    const response = await identity.fetch((await again.ready()) + SYNC_PATHS.push, {
      method: 'POST',
      headers,
      body: pushBody('LD-1', page),
    });
    const answer = pushResponseSchema.parse(await response.json());
    expect(answer).toMatchObject({ acked: 40, refused: [] });
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });
});

describe('a server that can’t start', () => {
  const refusal = async (env: Record<string, string>, args: readonly string[] = []) => {
    const { ended, said } = start(env, args);
    expect(await ended).toBe(1);
    expect(said.errors).not.toMatch(/^\s+at /m);
    return said.errors;
  };

  test('leaves a file that is no database as it was, and says so', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'server.sqlite');
    writeFileSync(path, 'this is no database, but somebody may need it'.repeat(100));
    const before = readFileSync(path);
    expect(await refusal({ DATA_DIR: folder })).toContain(`${path} can't be opened`);
    expect(readFileSync(path)).toEqual(before);
  });

  test('says that its database is not there', async () => {
    expect(await refusal({ DATABASE_URL: 'postgres://nobody:secret-word@127.0.0.1:1/none' })).toMatch(
      /can't be opened/,
    );
    expect(await refusal({ DATABASE_URL: 'mysql://127.0.0.1/none' })).toContain('DATABASE_URL');
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'server.sqlite'));
    expect(await refusal({ DATA_DIR: folder })).toContain("can't be opened");
  });

  test('says which setting is wrong', async () => {
    expect(await refusal({ PORT: '70000' })).toContain('PORT');
    expect(await refusal({}, ['--unknown'])).toContain('--unknown');
    expect(await refusal({}, ['--demo', '/nonexistent/community.json'])).toContain('/nonexistent/community.json');
    expect(await refusal({}, ['--demo', demoFile({ ...DEMO, communityKey: 'short' })])).toContain('communityKey');
  });

  test('says that its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => {
      taken.close();
    });
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' && address !== null ? address.port : 0);
    expect(await refusal({ PORT: port, DATA_DIR: temporaryFolder() })).toContain(
      `127.0.0.1:${port} can't be listened on`,
    );
  });
});

test('a server that has no place for blobs keeps the ledger all the same, and says so', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'blobs'), 'a file where a folder should be');
  const { ready, said } = start({ DATA_DIR: folder }, ['--demo', demoFile()]);
  const url = await ready();
  const identity = await enrolled(url);
  expect((await pull(url, identity)).events.length).toBeGreaterThan(0);
  const answer = await identity.fetch(url + blobPath(blobHashSchema.parse('0'.repeat(64))), {});
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('600');
  expect(await answer.json()).toMatchObject({ error: { code: 'no-folder' } });
  expect(said.errors).toContain('blobs can’t be kept here');
});

test('without a demo file nobody is known and there is nothing to see', async () => {
  const { ready } = start({ DATA_DIR: temporaryFolder() }, []);
  const url = await ready();
  expect((await testIdentity(Date.now).fetch(`${url}${PULL_ALL}`, {})).status).toBe(401);
});
