import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createBlobQueue } from '#electron/core/sync/blob-queue.ts';
import { bytesOf, hashOf, newFolder, startBlobServer } from './blob-world.ts';
import { type Cut, cuttingProxy } from './cutting-proxy.ts';
import { terminalSide } from './terminal-side.ts';

const BLOB = bytesOf(700_001);
const HASH = hashOf(BLOB);

/** Where each answer was to begin: of a download by its Range, of an upload by its offset. */
function beginnings(asked: Awaited<ReturnType<typeof startBlobServer>>['asked']) {
  return {
    down: asked.filter(({ method }) => method === 'GET').map(({ range }) => Number(/\d+/.exec(range ?? '0')?.[0])),
    up: asked.filter(({ method }) => method === 'PATCH').map(({ offset }) => Number(offset)),
  };
}

const ascending = (numbers: readonly number[]) => numbers.every((each, index) => each >= (numbers[index - 1] ?? 0));

describe('from the server to the terminal', () => {
  test('arrives, is told, and is not asked for again', async () => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'station:LD');
    const terminal = terminalSide(server.url, newFolder());
    terminal.transfer.want(HASH, BLOB.length);
    terminal.transfer.start();
    await terminal.done();
    expect((await terminal.bytes(HASH)).equals(BLOB)).toBe(true);
    terminal.transfer.want(HASH, BLOB.length);
    await terminal.done();
    await terminal.transfer.stop();
    expect(terminal.arrived).toEqual([HASH, HASH]);
    expect(beginnings(server.asked).down).toEqual([0]);
  });

  test('comes although the disk refuses a while to note that it has come', async () => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'station:LD');
    const folder = newFolder();
    const queue = createBlobQueue(join(folder, 'queue'), pino({ level: 'silent' }));
    let refusals = 3;
    const remove: typeof queue.remove = (entry) => {
      refusals -= 1;
      if (refusals >= 0) throw new Error('ENOSPC: no space left on device');
      queue.remove(entry);
    };
    const terminal = terminalSide(server.url, folder, { queue: { ...queue, remove } });
    terminal.transfer.want(HASH, BLOB.length);
    terminal.transfer.start();
    await vi.waitUntil(() => queue.list().length === 0);
    await terminal.transfer.stop();
    expect((await terminal.bytes(HASH)).equals(BLOB)).toBe(true);
    expect(terminal.arrived).toEqual([HASH]);
    expect(beginnings(server.asked).down).toEqual([0]);
  });

  test('an empty one', async () => {
    const server = await startBlobServer();
    const nothing = new Uint8Array();
    await server.blobs.put(nothing, 'community');
    const terminal = terminalSide(server.url, newFolder());
    terminal.transfer.want(hashOf(nothing), 0);
    terminal.transfer.start();
    await terminal.done();
    await terminal.transfer.stop();
    expect(terminal.files.length(hashOf(nothing))).toBe(0);
  });

  test('one that is not there yet holds up no other, and is asked for until it comes', async () => {
    const server = await startBlobServer();
    const late = bytesOf(10, 2);
    await server.blobs.put(BLOB, 'community');
    const terminal = terminalSide(server.url, newFolder(), {
      async onArrived(hash) {
        if (hash === HASH) await server.blobs.put(late, 'community');
      },
    });
    terminal.transfer.want(hashOf(late), late.length);
    terminal.transfer.want(HASH, BLOB.length);
    terminal.transfer.start();
    while (terminal.transfer.pending().length > 0) await delay(2);
    await terminal.transfer.stop();
    expect(terminal.files.length(hashOf(late))).toBe(late.length);
  });

  test('one for which there is no room waits until there is', async () => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'community');
    const terminal = terminalSide(server.url, newFolder(), { quotaBytes: BLOB.length + 5 });
    const old = await terminal.files.put([bytesOf(6, 3)]);
    terminal.transfer.want(HASH, BLOB.length);
    terminal.transfer.start();
    await delay(20);
    expect(beginnings(server.asked).down).toEqual([]);
    if (old.ok) terminal.transfer.drop(old.value);
    await terminal.done();
    await terminal.transfer.stop();
    expect(terminal.files.length(HASH)).toBe(BLOB.length);
  });

  test('one that is dropped on its way leaves nothing behind', async () => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'community');
    const terminal = terminalSide(server.url, newFolder(), {
      bytesPerSecond: 2_000_000,
      onProgress: (_entry, bytes) => {
        if (bytes > 100_000) terminal.transfer.drop(HASH);
      },
    });
    terminal.transfer.want(HASH, BLOB.length);
    terminal.transfer.start();
    while (terminal.files.totalBytes() > 0 || terminal.transfer.pending().length > 0) await delay(2);
    await terminal.transfer.stop();
    expect(terminal.arrived).toEqual([]);
    expect(terminal.files.totalBytes()).toBe(0);
  });

  test('a file that went bad on the disk is noticed', async () => {
    const terminal = terminalSide('http://127.0.0.1:9', newFolder());
    const put = await terminal.files.put([BLOB]);
    expect(put.ok && (await terminal.files.isSound(HASH))).toBe(true);
    const bad = Buffer.from(BLOB);
    bad[5] = (bad[5] ?? 0) ^ 0x40;
    writeFileSync(terminal.files.path(HASH)!, bad);
    expect(await terminal.files.isSound(HASH)).toBe(false);
    expect(terminal.files.length(HASH)).toBeNull();
  });
});

describe('from the terminal to the server', () => {
  test('stays until the server has it whole, then goes', async () => {
    const server = await startBlobServer();
    const terminal = terminalSide(server.url, newFolder());
    expect(await terminal.files.put([BLOB.subarray(0, 5), BLOB.subarray(5)])).toEqual({ ok: true, value: HASH });
    terminal.transfer.send(HASH, false);
    // Even if nobody here needs it any more.
    terminal.transfer.drop(HASH);
    expect(terminal.files.length(HASH)).toBe(BLOB.length);
    terminal.transfer.start();
    await terminal.done();
    await terminal.transfer.stop();
    expect(terminal.sent).toEqual([HASH]);
    expect(readFileSync((await server.blobs.find(HASH))!.path).equals(BLOB)).toBe(true);
    expect(terminal.files.length(HASH)).toBeNull();
  });

  test('the server is away in the middle, and comes back: it goes on where it was', async () => {
    const folder = newFolder();
    const home = newFolder();
    const before = await startBlobServer({ folder });
    const first = terminalSide(before.url, home, { bytesPerSecond: 4_000_000 });
    await first.files.put([BLOB]);
    first.transfer.send(HASH, true);
    first.transfer.start();
    while (beginnings(before.asked).up.length < 2) await delay(2);
    await before.close();
    await first.transfer.stop();
    const after = await startBlobServer({ folder });
    const second = terminalSide(after.url, home);
    second.transfer.start();
    await second.done();
    await second.transfer.stop();
    expect(beginnings(after.asked).up[0]).toBeGreaterThanOrEqual(262_144);
    expect(second.files.length(HASH)).toBe(BLOB.length);
    expect(await after.blobs.find(HASH)).not.toBeNull();
  });
});

/** Cuts at any byte, mostly where something is going on. */
const cutsArbitrary = fc.array(
  fc.record<Cut>({
    way: fc.constantFrom('up' as const, 'down' as const),
    after: fc.oneof(fc.nat({ max: 400 }), fc.nat({ max: BLOB.length + 2000 })),
  }),
  { maxLength: 6 },
);

describe('whatever is cut, and where', () => {
  test('a blob comes down as it was, and no byte before a cut is asked for again', async () => {
    await fc.assert(
      fc.asyncProperty(cutsArbitrary, async (cuts) => {
        const server = await startBlobServer();
        await server.blobs.put(BLOB, 'community');
        const proxy = await cuttingProxy(server.url, cuts);
        const folder = newFolder();
        const part = join(folder, 'blobs', 'partial', HASH);
        const asked: number[] = [];
        const onDisk: number[] = [];
        const terminal = terminalSide(proxy.url, folder, {
          onAsking(first) {
            asked.push(first);
            onDisk.push(statSync(part, { throwIfNoEntry: false })?.size ?? 0);
          },
        });
        terminal.transfer.want(HASH, BLOB.length);
        terminal.transfer.start();
        await terminal.done();
        await terminal.transfer.stop();
        expect((await terminal.bytes(HASH)).equals(BLOB)).toBe(true);
        expect(asked).toEqual(onDisk);
        expect(ascending(asked)).toBe(true);
        proxy.close();
        await server.close();
      }),
      { numRuns: 25 },
    );
  });

  test('a download goes on where it was cut, not from the start', async () => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'community');
    const proxy = await cuttingProxy(server.url, [{ way: 'down', after: 300_000 }]);
    const terminal = terminalSide(proxy.url, newFolder());
    terminal.transfer.want(HASH, BLOB.length);
    terminal.transfer.start();
    await terminal.done();
    await terminal.transfer.stop();
    const [first, second] = beginnings(server.asked).down;
    expect(first).toBe(0);
    // A connection that is reset may take with it what was received and not yet read.
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThan(300_000);
  });

  test('a blob goes up as it is, from where the server is each time', async () => {
    await fc.assert(
      fc.asyncProperty(cutsArbitrary, async (cuts) => {
        const server = await startBlobServer();
        const proxy = await cuttingProxy(server.url, cuts);
        const terminal = terminalSide(proxy.url, newFolder());
        await terminal.files.put([BLOB]);
        terminal.transfer.send(HASH, false);
        terminal.transfer.start();
        await terminal.done();
        await terminal.transfer.stop();
        expect(readFileSync((await server.blobs.find(HASH))!.path).equals(BLOB)).toBe(true);
        expect(ascending(beginnings(server.asked).up)).toBe(true);
        proxy.close();
        await server.close();
      }),
      { numRuns: 25 },
    );
  });
});

/** A terminal that fetches slowly, as a process of its own. */
function fetchingProcess(url: string, folder: string): ChildProcess {
  const script = join(import.meta.dirname, 'fetching-process.ts');
  const child = spawn(process.execPath, [script, url, folder, HASH, String(BLOB.length)], { stdio: 'inherit' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('killed at any moment', () => {
  test('in the middle of a download: the next process goes on behind the last byte on the disk', async () => {
    const server = await startBlobServer();
    await server.blobs.put(BLOB, 'community');
    const folder = newFolder();
    const part = join(folder, 'blobs', 'partial', HASH);
    const size = () => statSync(part, { throwIfNoEntry: false })?.size ?? 0;
    const expected = [0];
    for (let kills = 0; kills < 3; kills += 1) {
      const before = size();
      const child = fetchingProcess(server.url, folder);
      while (size() <= before + 1000) await delay(5);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(existsSync(join(folder, 'blobs', HASH))).toBe(false);
      expected.push(size());
    }
    const terminal = terminalSide(server.url, folder);
    terminal.transfer.start();
    await terminal.done();
    await terminal.transfer.stop();
    expect((await terminal.bytes(HASH)).equals(BLOB)).toBe(true);
    expect(beginnings(server.asked).down).toEqual(expected);
  });
});
