import fastifyStatic from '@fastify/static';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import fastify from 'fastify';
import { WebSocketServer } from 'ws';
import { dockContract, type DockWorld } from '#shared/contract/dock.ts';
import { seedStations } from '#server/seed/stations.ts';
import type { Station } from './station.ts';
import type { World } from './world.ts';

const MOST_LOG_LINES = 40;

export interface DockServerOptions {
  readonly world: World;
  readonly port: number;
  /** Folder of the built dock page. */
  readonly pageDir: string;
}

/** Serves the dock on loopback: a page whose buttons make the emulated devices of a world speak. Development only. */
export async function createDockServer({ world, port, pageDir }: DockServerOptions) {
  const app = fastify({ logger: false, forceCloseConnections: true });
  let closing = false;
  let origin = '';
  const log: DockWorld['log'] = [];
  const watchers = new Set<() => void>();

  function changed(): void {
    for (const watcher of watchers) watcher();
  }

  type Entry = DockWorld['log'][number];
  function note(
    terminal: string | null,
    what: Entry['what'],
    about: Partial<Pick<Entry, 'device' | 'text'>> = {},
  ): void {
    log.unshift({ atMs: Date.now(), terminal, what, device: about.device ?? null, text: about.text ?? '' });
    log.length = Math.min(log.length, MOST_LOG_LINES);
    changed();
  }

  function station(id: string): Station {
    const found = world.terminals.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no terminal ${id}`);
    return found;
  }

  function state(): DockWorld {
    return {
      server: { up: world.server.isUp(), consoleUrl: world.server.url },
      terminals: world.terminals.map((terminal) => ({
        id: terminal.id,
        station: terminal.station,
        stationName: seedStations.find(({ code }) => code === terminal.station)?.name ?? {
          zh: terminal.station,
          en: terminal.station,
        },
        kioskUrl: `${origin}/kiosk/${terminal.id}`,
        plugged: {
          scanner: terminal.lines.scanner.isPlugged(),
          'card-reader': terminal.lines['card-reader'].isPlugged(),
          'ic-card-reader': terminal.lines['ic-card-reader'].isPlugged(),
        },
        manners: terminal.manners(),
        mood: terminal.mood(),
        card: terminal.card(),
      })),
      items: world.items.map((item) => ({ ...item })),
      residents: world.residents.map(({ card, garden }) => ({
        name: card.name,
        garden: seedStations.find(({ name }) => name.zh === garden)?.name ?? { zh: garden, en: garden },
      })),
      log: [...log],
    };
  }

  for (const terminal of world.terminals) terminal.whenUnplugged(changed);
  const dock = implement(dockContract);
  const router = dock.router({
    watch: dock.watch.handler(async function* ({ signal }) {
      let wake = () => {};
      let stale = true;
      const watcher = () => {
        stale = true;
        wake();
      };
      watchers.add(watcher);
      signal?.addEventListener('abort', watcher);
      try {
        while (signal?.aborted !== true) {
          if (stale) {
            stale = false;
            yield state();
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        watchers.delete(watcher);
      }
    }),
    scan: dock.scan.handler(({ input }) => {
      station(input.terminal).scanner.scan(input.text);
      note(input.terminal, 'scan', { text: input.text });
      return {};
    }),
    tapCard: dock.tapCard.handler(({ input }) => {
      station(input.terminal).tapCard(input.resident, changed, input.way);
      note(input.terminal, 'card', { text: world.residents[input.resident]?.card.name ?? '' });
      return {};
    }),
    tapStaffCard: dock.tapStaffCard.handler(({ input }) => {
      station(input.terminal).tapStaffCard();
      note(input.terminal, 'staff-card', { device: 'ic-card-reader' });
      return {};
    }),
    behave: dock.behave.handler(({ input }) => {
      station(input.terminal).behave(input.device, input.manner);
      note(input.terminal, 'manner', { device: input.device, text: input.manner });
      return {};
    }),
    mood: dock.mood.handler(({ input }) => {
      station(input.terminal).feel(input.mood);
      note(input.terminal, 'mood', { device: 'card-reader', text: input.mood });
      return {};
    }),
    flood: dock.flood.handler(async ({ input }) => {
      note(input.terminal, 'flood', { device: input.device });
      await station(input.terminal).flood(input.device);
      return {};
    }),
    garbage: dock.garbage.handler(({ input }) => {
      station(input.terminal).garbage(input.device);
      note(input.terminal, 'garbage', { device: input.device });
      return {};
    }),
    halfFrame: dock.halfFrame.handler(({ input }) => {
      station(input.terminal).halfFrame(input.device, world.items[0]?.label ?? '');
      note(input.terminal, 'half-frame', { device: input.device });
      return {};
    }),
    plug: dock.plug.handler(async ({ input }) => {
      const line = station(input.terminal).lines[input.device];
      await (input.plugged ? line.plug() : line.unplug());
      note(input.terminal, input.plugged ? 'plug' : 'unplug', { device: input.device });
      return {};
    }),
    server: dock.server.handler(async ({ input }) => {
      await (input.up ? world.server.up() : world.server.down());
      note(null, input.up ? 'server-on' : 'server-off');
      return {};
    }),
  });

  await app.register(fastifyStatic, { root: pageDir });
  app.get<{ Params: { terminal: string } }>('/kiosk/:terminal', async (request, reply) =>
    reply.redirect(await station(request.params.terminal).newLink()),
  );
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  app.server.on('upgrade', (request, socket, head) => {
    if (closing || request.url !== '/dock' || request.headers.origin !== origin) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws) => void handler.upgrade(ws));
  });
  origin = await app.listen({ host: '127.0.0.1', port });

  return {
    origin,
    async close(): Promise<void> {
      closing = true;
      for (const client of sockets.clients) client.terminate();
      await app.close();
    },
  };
}
