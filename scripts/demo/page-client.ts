import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { type KioskAction, type kioskContract, type KioskView, kioskViewSchema } from '#shared/contract/kiosk.ts';

/**
 * A kiosk page without a browser: comes in by a one-time link like the real one, watches and acts. For scripts and
 * tests that need to see what a resident would see.
 */
export async function openPage(link: string) {
  const entered = await fetch(link, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`the kiosk did not let us in: ${entered.status}`);
  const { origin, host } = new URL(link);
  const socket = new WebSocket(`ws://${host}/bridge`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  // ws has the browser's interface, but declares its own event types.
  const websocket = socket as unknown as globalThis.WebSocket;
  const client: ContractRouterClient<typeof kioskContract> = createORPCClient(new RPCLink({ websocket }));
  const views: KioskView[] = [];
  let wake = () => {};
  const watching = (async () => {
    try {
      for await (const view of await client.watch()) {
        views.push(kioskViewSchema.parse(view));
        wake();
      }
    } catch {
      // The terminal went away; whoever waits for a view is told by the time limit.
    }
  })();

  return {
    /** All views so far, oldest first. */
    views,
    latest: (): KioskView | undefined => views.at(-1),
    act: (action: KioskAction): Promise<unknown> => client.act(action),
    /** The first view, from `from` on, that fulfils the condition; an error after `ms`. */
    async until(condition: (view: KioskView) => boolean, ms = 10_000, from = views.length - 1): Promise<KioskView> {
      const deadline = Date.now() + ms;
      for (let index = Math.max(0, from); ; index += 1) {
        while (index >= views.length) {
          const left = deadline - Date.now();
          if (left <= 0) throw new Error(`waited ${ms} ms; the last view was ${JSON.stringify(views.at(-1)?.sheet)}`);
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, left);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        }
        const view = views[index];
        if (view !== undefined && condition(view)) return view;
      }
    },
    async close(): Promise<void> {
      socket.terminate();
      await watching;
    },
  };
}

export type PageClient = Awaited<ReturnType<typeof openPage>>;
