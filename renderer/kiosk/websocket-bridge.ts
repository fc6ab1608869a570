import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { kioskContentSchema } from '#shared/contract/kiosk-content.ts';
import { type kioskContract, kioskViewSchema } from '#shared/contract/kiosk.ts';
import type { BridgeListener, KioskBridge } from './bridge.ts';

type KioskClient = ContractRouterClient<typeof kioskContract>;

/** Waits before trying again, milliseconds; the last is kept for good. Short at first: a restarted core is back in a second. */
const RETRY_DELAYS: readonly number[] = [200, 400, 800, 1500, 3000];

export interface WebSocketBridgeDeps {
  readonly url: string;
  readonly openSocket: (url: string) => WebSocket;
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

function opened(socket: WebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('the core is away'));
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', fail, { once: true });
    socket.addEventListener('error', fail, { once: true });
    signal.addEventListener('abort', fail, { once: true });
  });
}

/** The browser shell's bridge: oRPC over a WebSocket to the server the page came from. */
export function createWebSocketBridge({ url, openSocket, pause }: WebSocketBridgeDeps): KioskBridge {
  let client: KioskClient | null = null;

  /** Leaflets over the same connection. Where they can't be read, lending goes on without them. */
  async function readContent(from: KioskClient, onContent: BridgeListener['onContent']): Promise<void> {
    try {
      for await (const content of await from.content()) {
        const parsed = kioskContentSchema.safeParse(content);
        if (!parsed.success) return;
        onContent(parsed.data);
      }
    } catch {
      // It ends with the connection.
    }
  }

  /** One connection, from opening to its end. Returns whether anything came through. */
  async function watchOnce({ onView, onConnected, onContent }: BridgeListener, signal: AbortSignal): Promise<boolean> {
    const socket = openSocket(url);
    // Closing the socket ends the subscription on both sides; aborting the call would write to a closed socket.
    const close = () => socket.close();
    signal.addEventListener('abort', close);
    let heard = false;
    try {
      await opened(socket, signal);
      client = createORPCClient<KioskClient>(new RPCLink({ websocket: socket }));
      void readContent(client, onContent);
      for await (const view of await client.watch()) {
        const parsed = kioskViewSchema.safeParse(view);
        // A view of another version's core: reading on could show half a truth, so this counts as being away.
        if (!parsed.success) break;
        onView(parsed.data);
        if (!heard) onConnected(true);
        heard = true;
      }
    } catch {
      // The core went away: said by `onConnected`, and tried again.
    } finally {
      signal.removeEventListener('abort', close);
      client = null;
      socket.close();
      if (!signal.aborted) onConnected(false);
    }
    return heard;
  }

  return {
    watch(listener) {
      const leaving = new AbortController();
      const keepWatching = async () => {
        let failures = 0;
        while (!leaving.signal.aborted) {
          failures = (await watchOnce(listener, leaving.signal)) ? 0 : failures + 1;
          await pause(RETRY_DELAYS[failures] ?? RETRY_DELAYS.at(-1) ?? 0, leaving.signal);
        }
      };
      void keepWatching();
      return () => leaving.abort();
    },

    async act(action) {
      if (client === null) throw new Error('the core is away');
      await client.act(action);
    },

    async contentAct(action) {
      if (client === null) throw new Error('the core is away');
      await client.contentAct(action);
    },
  };
}
