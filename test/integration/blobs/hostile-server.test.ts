import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { blobPath } from '#shared/contract/blobs.ts';
import { bytesOf, hashOf, newFolder } from './blob-world.ts';
import { realSleep, terminalSide } from './terminal-side.ts';

const BLOB = bytesOf(50_000);
const HASH = hashOf(BLOB);
const OTHER = bytesOf(1000, 2);

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const right: Answer = (response) => void response.writeHead(200, { 'content-length': BLOB.length }).end(BLOB);

/** Answers as told, one request for the blob after the other; in the end rightly. Another blob is given at once. */
async function hostileServer(answers: readonly Answer[]): Promise<string> {
  let next = 0;
  const server = createServer((request, response) => {
    if (request.url === blobPath(hashOf(OTHER))) {
      response.writeHead(200, { 'content-length': OTHER.length }).end(OTHER);
      return;
    }
    const answer = answers[next] ?? right;
    next += 1;
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

function wrongBytes(): Buffer {
  const wrong = Buffer.from(BLOB);
  wrong[49_999] = (wrong[49_999] ?? 0) ^ 1;
  return wrong;
}

const cases: readonly [what: string, answers: readonly Answer[]][] = [
  ['other bytes', [(response) => response.end(wrongBytes()), (response) => response.end(wrongBytes())]],
  [
    'other bytes of the right length',
    [(response) => response.writeHead(200, { 'content-length': BLOB.length }).end(wrongBytes())],
  ],
  ['a blob that is shorter', [(response) => response.writeHead(200, { 'content-length': 5 }).end('short')]],
  [
    'one without an end',
    [(response) => response.writeHead(206, { 'content-range': `bytes 0-49999/50000` }).end(bytesOf(90_000, 9))],
  ],
  [
    'another range than was asked for',
    [(response) => response.writeHead(206, { 'content-range': 'bytes 7-49999/50000' }).end(BLOB.subarray(7))],
  ],
  ['a range of nonsense', [(response) => response.writeHead(206, { 'content-range': 'bytes */x' }).end('x')]],
  ['that there is nothing at this place', [(response) => response.writeHead(416).end()]],
  ['a packed blob', [(response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(BLOB))]],
  [
    'a page of a hotel',
    [(response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')],
  ],
  [
    'that it is not there',
    [(response) => response.writeHead(404).end(), (response) => response.writeHead(404).end('{')],
  ],
  [
    'that it has failed',
    [(response) => response.writeHead(500).end('oops'), (response) => response.writeHead(507).end()],
  ],
  [
    'half of it and then other bytes',
    [
      (response) => {
        response.writeHead(200, { 'content-length': BLOB.length });
        response.write(BLOB.subarray(0, 25_000), () => response.destroy());
      },
      (response) =>
        response.writeHead(206, { 'content-range': 'bytes 25000-49999/50000' }).end(wrongBytes().subarray(25_000)),
    ],
  ],
  ['nothing at all', [() => {}]],
  [
    'a little, and then nothing more',
    [(response) => void response.writeHead(200, { 'content-length': BLOB.length }).write(BLOB.subarray(0, 9))],
  ],
];

describe('a server that says', () => {
  test.each(cases)(
    '%s: nothing of it is seen, other blobs come, and so does this one in the end',
    async (_what, answers) => {
      const url = await hostileServer(answers);
      const seen: string[] = [];
      const terminal = terminalSide(url, newFolder(), {
        delays: { line: { first: 1, longest: 2 }, blob: { first: 1, longest: 2 }, idle: 100 },
        onProgress: () => void seen.push(String(terminal.files.length(HASH))),
      });
      terminal.transfer.want(HASH, BLOB.length);
      terminal.transfer.want(hashOf(OTHER), OTHER.length);
      terminal.transfer.start();
      await terminal.done();
      await terminal.transfer.stop();
      expect(new Set(terminal.arrived)).toEqual(new Set([HASH, hashOf(OTHER)]));
      expect((await terminal.bytes(HASH)).equals(BLOB)).toBe(true);
      expect(terminal.files.totalBytes()).toBe(BLOB.length + OTHER.length);
    },
  );

  test('when to come back is asked no sooner', async () => {
    const url = await hostileServer([
      (response) => response.writeHead(503, { 'retry-after': '7' }).end(),
      (response) => response.writeHead(429, { 'retry-after': '11' }).end(),
    ]);
    const waits: number[] = [];
    const idle = 2000;
    const terminal = terminalSide(url, newFolder(), {
      delays: { line: { first: 1, longest: 2 }, blob: { first: 1, longest: 2 }, idle },
      async sleep(ms, signal) {
        if (ms === idle || ms >= 3_600_000) await realSleep(ms, signal);
        else waits.push(ms);
      },
    });
    terminal.transfer.want(HASH, BLOB.length);
    terminal.transfer.start();
    await terminal.done();
    await terminal.transfer.stop();
    expect(waits).toEqual([7000, 11_000]);
  });

  test('yes to everything that it is sent, and has none of it: it is sent again until it has', async () => {
    const lies: Answer = (response) =>
      void response.writeHead(204, { 'upload-offset': 0, 'upload-complete': '?0' }).end();
    const truth: Answer = (response) => {
      response.writeHead(204, { 'upload-offset': BLOB.length, 'upload-complete': '?1' }).end();
    };
    const url = await hostileServer([lies, lies, lies, lies, truth]);
    const terminal = terminalSide(url, newFolder());
    await terminal.files.put([BLOB]);
    terminal.transfer.send(HASH, false);
    terminal.transfer.start();
    await terminal.done();
    await terminal.transfer.stop();
    expect(terminal.sent).toEqual([HASH]);
  });
});

test('the line is left free for events: no more bytes a second than allowed', async () => {
  const url = await hostileServer([]);
  let now = 0;
  const terminal = terminalSide(url, newFolder(), {
    bytesPerSecond: 10_000,
    monotonic: () => now,
    async sleep(ms, signal) {
      // Hours: the watch over a silent line, and the rest when nothing is to be done.
      if (ms >= 3_600_000) await realSleep(ms, signal);
      else now += ms;
    },
    delays: { line: { first: 1, longest: 4 }, blob: { first: 1, longest: 4 }, idle: 7_200_000 },
  });
  terminal.transfer.want(hashOf(OTHER), OTHER.length);
  terminal.transfer.start();
  await terminal.done();
  await terminal.transfer.stop();
  expect(now).toBe(100);
});
