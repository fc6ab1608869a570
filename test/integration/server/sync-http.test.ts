import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createServerLink } from '#electron/core/sync/server-link.ts';
import { createSync, SYNC_DELAYS } from '#electron/core/sync/sync.ts';
import { NDJSON } from '#shared/contract/ndjson.ts';
import { errorResponseSchema, MAX_BODY_BYTES, MAX_PAGE_EVENTS, SYNC_PATHS } from '#shared/contract/sync.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { eventWriter, seedDrafts, terminalWorld } from '../../fixtures/ledger-world.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { draftsOf, pushBody, type ServerWorld, startServer, type TerminalId } from './server-world.ts';

const freshDatabase = useDatabases();
const { registered, lent, noted } = draftsOf('LD');

/** The fields by which LD-1 signs a push, as they go over the wire. */
function signedPush(world: ServerWorld, body: string): string[] {
  const fields = world.identityOf('LD-1').sign({ method: 'POST', target: SYNC_PATHS.push, body });
  return Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
}

/** A pull from a first contact. */
const asked = 'writer=LD-1&epoch=&acked=0&unsent=0';

async function faultOf(response: Response) {
  const { error } = errorResponseSchema.parse(await response.json());
  expect(error.message).not.toBe('');
  return { status: response.status, code: error.code };
}

/** Listens to pokes; `count` waits until there have been so many. */
async function listen(world: ServerWorld, id: TerminalId) {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const response = await world.get(id, SYNC_PATHS.poke, { signal: leaving.signal });
  const heard: string[] = [];
  let comments = 0;
  let ended = false;
  const parser = createParser({ onEvent: ({ event }) => heard.push(event ?? ''), onComment: () => (comments += 1) });
  void (async () => {
    try {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) parser.feed(chunk);
    } catch {
      // The test has ended, or the server has.
    }
    ended = true;
  })();
  const until = async (condition: () => boolean) => {
    while (!condition()) await sleep(5);
  };
  return {
    type: response.headers.get('content-type'),
    heard,
    count: (wanted: number) => until(() => heard.length >= wanted),
    comment: () => until(() => comments > 0),
    end: () => until(() => ended),
  };
}

describe.each(DATABASE_KINDS)('sync over HTTP on %s', (kind) => {
  test('a push is answered with what is held, the server’s clock and what was refused', async () => {
    const world = await startServer(await freshDatabase(kind));
    const page = [registered(1), lent(1)].map(eventWriter('LD-1', 'LD'));
    expect(await world.push('LD-1', [...page, 'nonsense'])).toEqual({
      epoch: (await world.server.log.identity()).epoch,
      acked: 2,
      refused: [{ index: 2, code: 'malformed', held: false }],
      unknownTypes: [],
      serverTime: world.clock.now(),
    });
    expect((await world.stored()).map(({ id }) => id)).toEqual(page.map(({ id }) => id));
  });

  test('an answer that never arrived is made up for by sending the page again', async () => {
    const world = await startServer(await freshDatabase(kind));
    const page = [registered(1), lent(1)].map(eventWriter('LD-1', 'LD'));
    const body = pushBody('LD-1', page);
    const { hostname, port } = new URL(world.url);
    const socket = connect(Number(port), hostname);
    const head = [
      `POST ${SYNC_PATHS.push} HTTP/1.1`,
      `host: ${hostname}`,
      ...signedPush(world, body),
      `content-type: ${NDJSON}`,
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    socket.on('error', () => {});
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    while ((await world.stored()).length < 2) await sleep(5);
    socket.destroy();
    expect(await world.push('LD-1', page)).toMatchObject({ acked: 2, refused: [] });
    expect(await world.stored()).toHaveLength(2);
  });

  test('a body that is cut off stores nothing', async () => {
    const world = await startServer(await freshDatabase(kind));
    const body = pushBody('LD-1', [eventWriter('LD-1', 'LD')(lent(1))]);
    const { hostname, port } = new URL(world.url);
    const signed = signedPush(world, body).join('\r\n');
    const head = `POST ${SYNC_PATHS.push} HTTP/1.1\r\nhost: ${hostname}\r\n${signed}\r\ncontent-type: ${NDJSON}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    await new Promise((resolve) => socket.write(head + body.slice(0, 200), resolve));
    socket.destroy();
    expect(await world.pull('LF-1')).toMatchObject({ events: [] });
    expect(await world.stored()).toEqual([]);
  });

  test('a fork is answered with 409 and stores nothing', async () => {
    const world = await startServer(await freshDatabase(kind));
    await world.push('LD-1', [eventWriter('LD-1', 'LD')(lent(1))]);
    const write = eventWriter('LD-1', 'LD');
    const other = pushBody('LD-1', [write(lent(2)), write(lent(3))]);
    expect(await faultOf(await world.post('LD-1', other))).toEqual({ status: 409, code: 'forked-log' });
    expect(await world.stored()).toHaveLength(1);
    expect(await world.quarantined()).toMatchObject([{ code: 'forked-log' }]);
  });

  test('nobody pulls what is not for them, nor what they wrote', async () => {
    const world = await startServer(await freshDatabase(kind));
    const write = eventWriter('LD-1', 'LD');
    const scopes = (['community', 'station', 'server'] as const).map((scope, place) =>
      write(noted(`LD/${place}`, scope)),
    );
    await world.push('LD-1', scopes);
    await world.server.log.append(seedDrafts().slice(0, 1));
    const seen = async (id: TerminalId) =>
      (await world.pullAll(id)).map(({ scope, terminal }) => `${terminal} ${scope}`);
    expect(await seen('LD-1')).toEqual(['server community']);
    expect(await seen('LD-2')).toEqual(['LD-1 community', 'LD-1 station', 'server community']);
    expect(await seen('LF-1')).toEqual(['LD-1 community', 'server community']);
  });

  test('the cursor steps over what is not for the caller', async () => {
    const world = await startServer(await freshDatabase(kind));
    const write = eventWriter('LD-1', 'LD');
    await world.push(
      'LD-1',
      [1, 2, 3].map((item) => write(noted(`LD/${item}`, 'server'))),
    );
    const [, , last] = await world.stored();
    expect(await world.pull('LF-1')).toEqual({
      events: [],
      cursor: `3.${last?.id.slice(-12)}`,
      more: false,
      serverTime: world.clock.now(),
    });
  });

  test('pages are bounded by count, in the server’s order, and together they are everything', async () => {
    const world = await startServer(await freshDatabase(kind));
    await world.server.log.append(seedDrafts());
    const first = await world.pull('LD-1', '', 4);
    expect(first).toMatchObject({ more: true });
    expect(first.events.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
    expect((await world.pullAll('LD-1', 4)).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const second = await world.pull('LD-1', first.cursor, 4);
    expect(second.events.map(({ n }) => n)).toEqual([5, 6, 7, 8]);
    expect(await world.pull('LD-1', second.cursor, 4)).toMatchObject({ events: [{ n: 9 }], more: false });
  });

  test('pages are bounded by bytes, and one event too large for a page is a page', async () => {
    const world = await startServer(await freshDatabase(kind));
    const write = eventWriter('LD-1', 'LD');
    const sizes = [10, 1_200_000, 400_000, 400_000, 400_000, 10];
    const long = sizes.map((size, item) => {
      const draft = registered(item + 1);
      return write({ ...draft, body: { ...draft.body, padding: 'x'.repeat(size) } });
    });
    for (const event of long) await world.push('LD-1', [event]);
    const pages: number[][] = [];
    for (let after = '', more = true; more;) {
      const page = await world.pull('LF-1', after);
      pages.push(page.events.map(({ n }) => n));
      ({ cursor: after, more } = page);
    }
    expect(pages).toEqual([[1], [2], [3, 4], [5, 6]]);
  });

  test('what is pulled hashes to what was pushed', async () => {
    const world = await startServer(await freshDatabase(kind));
    const draft = registered(1);
    const event = eventWriter(
      'LD-1',
      'LD',
    )({ ...draft, body: { ...draft.body, later: { ü: [1, 0.1, '\u0000', '😀'] } } });
    await world.push('LD-1', [event]);
    const [pulled] = await world.pullAll('LF-1');
    expect(canonicalJson(pulled)).toBe(canonicalJson(event));
  });

  test('strangers get nothing, and what they send is not stored', async () => {
    const world = await startServer(await freshDatabase(kind));
    const event = eventWriter('LD-1', 'LD')(lent(1));
    const stranger = testIdentity(world.clock.now);
    const calls = [
      stranger.fetch(world.url + SYNC_PATHS.push, { method: 'POST', body: pushBody('LD-1', [event]) }),
      stranger.fetch(`${world.url}${SYNC_PATHS.pull}?${asked}&cursor=`, {}),
      stranger.fetch(world.url + SYNC_PATHS.poke, {}),
    ];
    for (const call of calls) expect(await faultOf(await call)).toEqual({ status: 401, code: 'unknown-terminal' });
    expect(await world.stored()).toEqual([]);
  });

  test('what is no push is refused whole', async () => {
    const world = await startServer(await freshDatabase(kind));
    const good = eventWriter('LD-1', 'LD')(lent(1));
    const many = Array.from({ length: MAX_PAGE_EVENTS + 1 }, () => 'x');
    const cases: readonly [string | Uint8Array<ArrayBuffer>, string, number, string][] = [
      ['', NDJSON, 400, 'malformed'],
      ['{"writer":', NDJSON, 400, 'malformed'],
      ['null', NDJSON, 400, 'malformed'],
      ['[]', NDJSON, 400, 'malformed'],
      ['{"writer":"LD-1"}', NDJSON, 400, 'malformed'],
      ['['.repeat(500_000), NDJSON, 400, 'malformed'],
      [new Uint8Array([...Buffer.from(pushBody('LD-1', [good])), 0x0a, 0xff]), NDJSON, 400, 'malformed'],
      [pushBody('LF-1', [good]), NDJSON, 403, 'foreign-terminal'],
      [pushBody('LD-1', many), NDJSON, 413, 'too-large'],
      [pushBody('LD-1', [good, 'x'.repeat(MAX_BODY_BYTES)]), NDJSON, 413, 'too-large'],
      [pushBody('LD-1', [good]), 'text/plain', 415, 'wrong-type'],
      [pushBody('LD-1', [good]), 'application/json', 415, 'wrong-type'],
    ];
    for (const [body, type, status, code] of cases) {
      const sent = `${type} ${String(body).slice(0, 30)}`;
      expect([sent, await faultOf(await world.post('LD-1', body, type))]).toEqual([sent, { status, code }]);
    }
    expect(await world.stored()).toEqual([]);
  });

  test.each([
    `${asked}&cursor=-1`,
    `${asked}&cursor=x`,
    `${asked}&cursor=1.5`,
    `${asked}&cursor=&limit=0`,
    `${asked}&cursor=&limit=${MAX_PAGE_EVENTS + 1}`,
    'writer=../x&epoch=&acked=0&unsent=0&cursor=',
    '',
  ])('a pull with ?%s is refused', async (query) => {
    const world = await startServer(await freshDatabase(kind));
    const response = await world.get('LD-1', `${SYNC_PATHS.pull}?${query}`);
    expect(await faultOf(response)).toEqual({ status: 400, code: 'malformed' });
  });

  test('pokes come on connecting and with news for the listener, and with nothing else', async () => {
    const world = await startServer(await freshDatabase(kind), { keepAliveMs: 20 });
    const listener = await listen(world, 'LF-1');
    expect(listener.type).toBe('text/event-stream');
    await listener.count(1);
    const write = eventWriter('LD-1', 'LD');
    await world.push('LF-1', [eventWriter('LF-1', 'LF')(lent(9))]);
    await world.push('LD-1', [write(noted('LD/1', 'station')), write(noted('LD/2', 'server'))]);
    await listener.comment();
    expect(listener.heard).toEqual(['poke']);
    await world.push('LD-1', [write(lent(1))]);
    await listener.count(2);
    await world.server.log.append(seedDrafts());
    await listener.count(3);
    expect(listener.heard).toEqual(['poke', 'poke', 'poke']);
  });

  test('the server ends while terminals listen', async () => {
    const world = await startServer(await freshDatabase(kind));
    const listener = await listen(world, 'LF-1');
    await listener.count(1);
    await world.close();
    await listener.end();
    expect(listener.heard).toEqual(['poke']);
  });

  test('a request that does not come to its end is given up', async () => {
    const world = await startServer(await freshDatabase(kind), { slowestMs: 200 });
    const { hostname, port, host } = new URL(world.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST /rpc/session/who HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${world.url}\r\n`);
    socket.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
    await once(socket.resume(), 'close');
    expect(await world.pull('LF-1')).toMatchObject({ events: [] });
  });

  test('a bug is answered with 500 and without its inside', async () => {
    const world = await startServer(await freshDatabase(kind));
    await world.server.database.db.schema.dropTable('events').execute();
    const response = await world.post('LD-1', pushBody('LD-1', [eventWriter('LD-1', 'LD')(lent(1))]));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(errorResponseSchema.parse(JSON.parse(text)).error.code).toBe('internal');
    expect(text).not.toMatch(/events|at |\.ts/);
  });

  test('two terminals and the server end with the same states', async () => {
    const world = await startServer(await freshDatabase(kind));
    await world.server.log.append(seedDrafts());
    const terminals = (['LD-1', 'LF-1'] as const).map((id) => {
      const { db, ledger } = terminalWorld({ terminal: id, station: id.slice(0, 2), clock: world.clock });
      const link = createServerLink({ url: world.url, fetch: world.identityOf(id).fetch, timeoutMs: 10_000 });
      const status: string[] = [];
      const sync = createSync({
        ledger,
        link,
        delays: SYNC_DELAYS,
        now: world.clock.now,
        monotonic: world.clock.monotonic,
        random: () => 0,
        sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
        onStatus: ({ state }) => status.push(state),
        log: { debug() {}, info() {}, warn() {}, error() {} },
      });
      ledger.onChange(() => sync.localEvent());
      onTestFinished(() => sync.stop());
      const states = () =>
        Object.fromEntries(
          db
            .prepare<[], { subject: string; state: string }>('SELECT subject, state FROM subjects ORDER BY subject')
            .all()
            .map(({ subject, state }) => [subject, JSON.parse(state) as unknown]),
        );
      return { ledger, sync, states, drafts: draftsOf(id.slice(0, 2)) };
    });
    const [ld, lf] = terminals;
    if (ld === undefined || lf === undefined) throw new Error('two terminals');
    // Both lend the same umbrella before either knows of the other.
    ld.ledger.append([ld.drafts.lent(1)]);
    world.clock.pass(1000);
    lf.ledger.append([lf.drafts.lent(1), lf.drafts.returned(1)]);
    ld.sync.start();
    lf.sync.start();
    const inAgreement = async () => {
      const held = canonicalJson(await world.states());
      return terminals.every(({ states }) => canonicalJson(states()) === held) && held.includes('lent-twice');
    };
    while (!(await inAgreement())) await sleep(20);
    expect((await world.states())['item:HF-000001']).toMatchObject({ status: 'in-stock', station: 'LF' });
    ld.ledger.append([ld.drafts.lent(4)]);
    while ((lf.states()['item:HF-000004'] as { status: string }).status !== 'on-loan') await sleep(20);
    expect(await inAgreement()).toBe(true);
  });
});
