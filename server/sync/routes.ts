import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Lines, NDJSON, readLines, writeLines } from '#shared/contract/ndjson.ts';
import {
  type GiveBackResponse,
  MAX_BODY_BYTES,
  MAX_PAGE_EVENTS,
  type PushResponse,
  SYNC_PATHS,
} from '#shared/contract/sync.ts';
import { HttpFault } from '../http-fault.ts';
import type { Guard } from '../identity/guard.ts';
import type { Page } from './pages.ts';
import { createPokeStreams } from './poke-streams.ts';
import { createSyncService, type SyncDeps } from './service.ts';

export interface SyncRoutesDeps extends SyncDeps {
  /** Knows who asks. */
  readonly guard: Guard;
  /** A comment so often keeps a poke stream open through whatever lies between, milliseconds. */
  readonly keepAliveMs: number;
  /** Calls with the stations that are to show other leaflets; returns how to stop. */
  readonly onContent: (listener: (stations: ReadonlySet<string>) => void) => () => void;
}

/** Lines of true UTF-8. What is wrong with a line is told line by line, later. */
function parseLines(body: Buffer): Lines {
  try {
    return readLines(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new HttpFault(400, 'malformed', 'the body is not UTF-8');
  }
}

/** The terminals' side of the server: contract/sync.ts. */
export async function addSyncRoutes(app: FastifyInstance, deps: SyncRoutesDeps): Promise<void> {
  const { log, terminals, guard, keepAliveMs, onContent } = deps;
  const { callerOf } = guard;
  const service = createSyncService(deps);
  const streams = createPokeStreams(log, keepAliveMs);
  const stopShowing = onContent((stations) => streams.pokeContent(stations));
  const stopHearing = terminals.onRevoked((id) => streams.end(id));
  app.addHook('preClose', async () => {
    stopHearing();
    stopShowing();
    streams.close();
  });

  await app.register(async (sync) => {
    guard.protect(sync);
    sync.removeAllContentTypeParsers();
    sync.addContentTypeParser(NDJSON, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
      guard.checkBody(request, body);
      return parseLines(body);
    });
    // The parser above made them.
    const linesIn = (request: FastifyRequest) => request.body as Lines;
    const sendPage = (reply: FastifyReply, { header, lines }: Page<object>) =>
      reply.header('cache-control', 'no-store').type(NDJSON).send(writeLines(header, lines));

    sync.post(SYNC_PATHS.push, { bodyLimit: MAX_BODY_BYTES }, async (request, reply): Promise<PushResponse> => {
      void reply.header('cache-control', 'no-store');
      const terminal = callerOf(request);
      const { stored, ...answer } = await service.push(terminal, linesIn(request), MAX_PAGE_EVENTS);
      const { acked, refused, unknownTypes } = answer;
      request.log.info({ terminal: terminal.id, stored, acked }, 'push');
      for (const { index, code, held } of refused) {
        request.log.warn({ terminal: terminal.id, index, code, held }, 'an event was not taken');
      }
      if (unknownTypes.length > 0) {
        request.log.warn(
          { terminal: terminal.id, count: unknownTypes.length },
          'events of a type this version does not know',
        );
      }
      return answer;
    });

    sync.get(SYNC_PATHS.pull, async (request, reply) =>
      sendPage(reply, await service.pull(callerOf(request), request.query)),
    );
    sync.get(SYNC_PATHS.snapshot, async (request, reply) =>
      sendPage(reply, await service.snapshot(callerOf(request), request.query)),
    );
    sync.get(SYNC_PATHS.history, async (request, reply) =>
      sendPage(reply, await service.history(callerOf(request), request.query)),
    );
    sync.post(SYNC_PATHS.giveBack, { bodyLimit: MAX_BODY_BYTES }, async (request, reply): Promise<GiveBackResponse> => {
      void reply.header('cache-control', 'no-store');
      const terminal = callerOf(request);
      const answer = await service.giveBack(terminal, linesIn(request), MAX_PAGE_EVENTS);
      if (answer.lacked > 0)
        request.log.warn({ terminal: terminal.id, ...answer }, 'events came back that were lost here');
      return answer;
    });

    sync.get(SYNC_PATHS.poke, async (request, reply) => {
      const terminal = callerOf(request);
      await terminals.heard(terminal.id);
      // Revoked since it asked: its streams were ended before this one began.
      if (!(await terminals.isActive(terminal.id))) {
        throw new HttpFault(403, 'revoked-terminal', 'this terminal is out of service');
      }
      reply.hijack();
      streams.open(reply.raw, terminal);
    });
  });
}
