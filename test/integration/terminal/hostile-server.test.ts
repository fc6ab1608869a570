import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { createServerLink } from '#electron/core/sync/server-link.ts';
import { createSync, SYNC_DELAYS } from '#electron/core/sync/sync.ts';
import type { KioskView } from '#shared/contract/kiosk.ts';
import { NDJSON, writeLines } from '#shared/contract/ndjson.ts';
import { SYNC_PATHS } from '#shared/contract/sync.ts';
import { CHAIN_EMPTY } from '#shared/ledger/chain.ts';
import { cursorAt, seededTerminalWorld, TEN_O_CLOCK } from '../../fixtures/ledger-world.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** Spaces, for as long as somebody listens. */
const endless: Answer = (response) => {
  const chunk = Buffer.alloc(65_536, 0x20);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
};

const EPOCH = 'the-first';
const PUSHED = { epoch: EPOCH, acked: 1, refused: [], unknownTypes: [], serverTime: TEN_O_CLOCK };
const GOOD = { push: json(PUSHED), pull: pulled({}), poke: json({}, 503) };

/** A page of a server that says nothing of what it holds of this terminal. */
function pulled(over: object, lines: readonly string[] = []): Answer {
  const header = {
    epoch: EPOCH,
    cursor: cursorAt(9),
    more: false,
    serverTime: TEN_O_CLOCK,
    head: CHAIN_EMPTY,
    ...over,
  };
  return (response) => response.writeHead(200, { 'content-type': NDJSON }).end(writeLines(header, lines));
}

/** A terminal with one loan to send, and a server that answers as a test wants. */
async function worldWith(bad: Partial<typeof GOOD>) {
  let answers: typeof GOOD = { ...GOOD, ...bad };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url === SYNC_PATHS.push) answers.push(response, request);
      else if (request.url === SYNC_PATHS.poke) answers.poke(response, request);
      else answers.pull(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const world = seededTerminalWorld();
  world.ledger.append([
    {
      subject: 'item:HF-000001',
      type: 'item.returned',
      v: 1,
      actor: { kind: 'system', id: 'LD' },
      scope: 'community',
      body: { station: 'LD', loan: null },
    },
  ]);
  const waits: number[] = [];
  const states: KioskView['sync']['state'][] = [];
  let wake = () => {};
  let listener = () => {};
  const sync = createSync({
    ledger: world.ledger,
    link: createServerLink({ url: `http://127.0.0.1:${port}`, fetch, timeoutMs: 60_000 }),
    delays: SYNC_DELAYS,
    now: world.clock.now,
    monotonic: world.clock.monotonic,
    random: () => 0,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        waits.push(ms);
        wake = resolve;
        signal.addEventListener('abort', () => resolve());
      }),
    onStatus: ({ state }) => {
      states.push(state);
      listener();
    },
    log: pino({ level: 'silent' }),
  });
  onTestFinished(async () => {
    await sync.stop();
    server.closeAllConnections();
    server.close();
  });
  const until = (state: KioskView['sync']['state']) =>
    new Promise<void>((resolve) => {
      listener = () => {
        if (states.at(-1) === state) resolve();
      };
      listener();
    });
  sync.start();
  return {
    ...world,
    waits,
    until,
    recover: async (): Promise<void> => {
      answers = GOOD;
      wake();
      await until('synced');
    },
  };
}

it.each<[string, Partial<typeof GOOD>]>([
  ['takes nothing and refuses nothing', { push: json({ ...PUSHED, acked: 0 }) }],
  ['always has more, and no cursor for it', { pull: pulled({ more: true }) }],
  ['answers a push without an end', { push: endless }],
  ['answers a pull without an end', { pull: endless }],
  ['refuses without an end', { push: (response, request) => endless(response.writeHead(400), request) }],
  ['sends what is no event', { pull: pulled({}, ['{"id":1}']) }],
  ['answers with a web page', { push: (response) => response.end('<h1>Welcome</h1>') }],
])('a server that %s is left alone for a while, and the loan is kept', async (_what, bad) => {
  const { ledger, until, recover } = await worldWith(bad);
  await until('saved-here');
  await recover();
  expect(ledger.head()).toMatchObject({ n: 1, acked: 1 });
});

it.each([Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 0])('a clock of %d is not believed', async (serverTime) => {
  const { ledger, until } = await worldWith({
    push: json({ ...PUSHED, serverTime }),
    pull: pulled({ serverTime }),
  });
  await until('synced');
  expect(ledger.correctedNow()).toBe(TEN_O_CLOCK);
});

it('a pause of years that the server wishes for is an hour', async () => {
  const { waits, until } = await worldWith({ push: json({}, 503, { 'retry-after': '100000000' }) });
  await until('saved-here');
  await expect.poll(() => waits).toContain(3_600_000);
});

it('a poke stream of something else is left', async () => {
  const { waits, until } = await worldWith({
    poke: (response, request) => endless(response.writeHead(200, { 'content-type': 'text/event-stream' }), request),
  });
  await until('synced');
  await expect.poll(() => waits).toContain(SYNC_DELAYS.backoff.first / 2);
});
