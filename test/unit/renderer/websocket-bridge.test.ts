import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer } from 'ws';
import { createKioskRouter, type KioskSource } from '#electron/core/kiosk-router.ts';
import { createWebSocketBridge } from '#renderer/kiosk/websocket-bridge.ts';
import type { KioskAction, KioskView } from '#shared/contract/kiosk.ts';
import { KIOSK_VIEWS } from '../../fixtures/kiosk-views.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A terminal core on a real socket, whose view and life the test decides. */
async function startCore(first: KioskView, port = 0) {
  let view = first;
  const listeners = new Set<(view: KioskView) => void>();
  const acted: KioskAction[] = [];
  const source: KioskSource = {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    act: (action) => void acted.push(action),
  };
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  const handler = new RPCHandler(createKioskRouter(source));
  sockets.on('connection', (ws) => void handler.upgrade(ws));
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const stop = async () => {
    for (const client of sockets.clients) client.terminate();
    await new Promise((resolve) => http.close(resolve));
  };
  closing.push(stop);
  return {
    // A TCP server's address is never a path.
    port: (http.address() as AddressInfo).port,
    acted,
    stop,
    show(next: KioskView): void {
      view = next;
      for (const listener of listeners) listener(next);
    },
  };
}

function watchCore(port: number) {
  const bridge = createWebSocketBridge({
    url: `ws://127.0.0.1:${port}/bridge`,
    // ws has the browser's interface, but declares its own event types.
    openSocket: (url) => new NodeWebSocket(url) as unknown as WebSocket,
    pause: () => new Promise((resolve) => setTimeout(resolve, 20)),
  });
  const views: KioskView[] = [];
  const connected: boolean[] = [];
  closing.push(
    bridge.watch({
      onView: (view) => views.push(view),
      onConnected: (isConnected) => connected.push(isConnected),
      onContent: () => {},
    }),
  );
  return { bridge, views, connected };
}

test('brings the view now, each newer one, and what is tapped to the core', async () => {
  const core = await startCore(KIOSK_VIEWS.idle);
  const { bridge, views, connected } = watchCore(core.port);
  await vi.waitFor(() => expect(views).toEqual([KIOSK_VIEWS.idle]));
  core.show(KIOSK_VIEWS.borrow);
  await vi.waitFor(() => expect(views.at(-1)).toEqual(KIOSK_VIEWS.borrow));
  await bridge.act({ kind: 'take-back', line: '2' });
  expect(core.acted).toEqual([{ kind: 'take-back', line: '2' }]);
  expect(connected).toEqual([true]);
});

test('a core that dies is noticed, and found again when it is back', async () => {
  const core = await startCore(KIOSK_VIEWS.borrow);
  const { bridge, views, connected } = watchCore(core.port);
  await vi.waitFor(() => expect(connected).toEqual([true]));
  await core.stop();
  await vi.waitFor(() => expect(connected.at(-1)).toBe(false));
  await expect(bridge.act({ kind: 'done' })).rejects.toThrow('away');

  const again = await startCore(KIOSK_VIEWS.idle, core.port);
  await vi.waitFor(() => expect(connected.at(-1)).toBe(true), { timeout: 5000 });
  expect(views.at(-1)).toEqual(KIOSK_VIEWS.idle);
  expect(again.acted).toEqual([]);
});

test('a page opened before its core waits for it', async () => {
  const early = await startCore(KIOSK_VIEWS.idle);
  await early.stop();
  const { views, connected } = watchCore(early.port);
  await vi.waitFor(() => expect(connected).toContain(false));
  await startCore(KIOSK_VIEWS.card, early.port);
  await vi.waitFor(() => expect(views).toEqual([KIOSK_VIEWS.card]), { timeout: 5000 });
});
