import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { DockLine, type DockSnapshot } from '#renderer/dock/dock-line.ts';
import { dockContract, type DockWorld } from '#shared/contract/dock.ts';

const WORLD: DockWorld = {
  server: { up: true, consoleUrl: 'http://127.0.0.1:1/' },
  terminals: [],
  items: [],
  residents: [{ name: '王示春', garden: { zh: '柳度园', en: 'Liudu Garden' } }],
  log: [],
};

const contract = implement(dockContract);

/** A demo program that only scans, and refuses the text `bad`. */
function demo(port: number) {
  const scanned: string[] = [];
  const router = {
    watch: contract.watch.handler(async function* ({ signal }) {
      yield WORLD;
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    }),
    scan: contract.scan.handler(({ input }) => {
      if (input.text === 'bad') throw new Error('no such terminal');
      scanned.push(input.text);
      return {};
    }),
  };
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ port, host: '127.0.0.1' });
  sockets.on('connection', (socket) => void handler.upgrade(socket));
  const close = () =>
    new Promise<void>((resolve) => {
      for (const client of sockets.clients) client.terminate();
      sockets.close(() => resolve());
    });
  const listening = new Promise<number>((resolve) => {
    // A server that listens on TCP has an address of this kind.
    sockets.on('listening', () => resolve((sockets.address() as AddressInfo).port));
  });
  return { scanned, close, listening };
}

function until(line: DockLine, holds: (snapshot: DockSnapshot) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = line.subscribe(() => {
      if (!holds(line.snapshot())) return;
      stop();
      resolve();
    });
  });
}

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

function connect(port: number): DockLine {
  const line = new DockLine({
    open: () => new WebSocket(`ws://127.0.0.1:${port}/`),
    pause: () => new Promise((resolve) => setTimeout(resolve, 20).unref()),
  });
  return line;
}

describe('the line to the demo', () => {
  it('tells the world and passes on what is asked', async () => {
    const program = demo(0);
    open.push(program);
    const line = connect(await program.listening);
    const up = until(line, ({ connected }) => connected);
    line.start();
    await up;
    expect(line.snapshot()).toEqual({ world: WORLD, connected: true, failed: false });

    const refused = until(line, ({ failed }) => failed);
    line.act((client) => client.scan({ terminal: 'LD-1', text: 'bad' }));
    await refused;
    const done = until(line, ({ failed }) => !failed);
    line.act((client) => client.scan({ terminal: 'LD-1', text: 'HF-000001-0' }));
    await done;
    expect(program.scanned).toEqual(['HF-000001-0']);
  });

  it('keeps the last world while the demo is away, and comes back with it', async () => {
    const first = demo(0);
    const port = await first.listening;
    const line = connect(port);
    const up = until(line, ({ connected }) => connected);
    line.start();
    await up;
    const lost = until(line, ({ connected }) => !connected);
    await first.close();
    await lost;
    expect(line.snapshot().world).toEqual(WORLD);

    const back = until(line, ({ connected }) => connected);
    open.push(demo(port));
    await back;
    expect(line.snapshot().connected).toBe(true);
  });
});
