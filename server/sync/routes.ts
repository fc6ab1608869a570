import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  MAX_BODY_BYTES,
  pullQuerySchema,
  type PullResponse,
  pushRequestSchema,
  type PushResponse,
  SYNC_PATHS,
} from '#shared/contract/sync.ts';
import { HttpFault } from '../http-fault.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { EventLog } from '../store/event-log.ts';
import type { KnownTerminal, Terminals } from '../store/terminals.ts';
import { createPokeStreams } from './poke-streams.ts';
import { pullPage } from './pull-page.ts';

export interface SyncDeps {
  readonly database: ServerDatabase;
  readonly log: EventLog;
  readonly terminals: Terminals;
  readonly now: () => number;
  /** A comment so often keeps a poke stream open through whatever lies between, milliseconds. */
  readonly keepAliveMs: number;
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new HttpFault(400, 'malformed', z.prettifyError(parsed.error));
  return parsed.data;
}

/** JSON (RFC 8259) in true UTF-8. Unlike Fastify's own parser it refuses no field names: a bad event is told apart later. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new HttpFault(400, 'malformed', 'the body is not JSON in UTF-8');
  }
}

/** The terminals' side of the server: contract/sync.ts. */
export async function addSyncRoutes(app: FastifyInstance, deps: SyncDeps): Promise<void> {
  const { database, log, terminals, now, keepAliveMs } = deps;
  const callers = new WeakMap<FastifyRequest, KnownTerminal>();
  const streams = createPokeStreams(log, keepAliveMs);
  app.addHook('preClose', async () => streams.close());

  function callerOf(request: FastifyRequest): KnownTerminal {
    const terminal = callers.get(request);
    if (terminal === undefined) throw new Error('the hook below knows every caller');
    return terminal;
  }

  await app.register(async (sync) => {
    // Before the body is read: strangers send none.
    sync.addHook('onRequest', async (request) => {
      const token = /^Bearer (\S{16,200})$/i.exec(request.headers.authorization ?? '')?.[1];
      const terminal = token === undefined ? null : await terminals.byToken(token);
      if (terminal === null) throw new HttpFault(401, 'unknown-terminal', 'this terminal is not known here');
      callers.set(request, terminal);
    });
    sync.removeAllContentTypeParsers();
    sync.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer' },
      async (_request: FastifyRequest, body: Buffer) => parseJson(body),
    );

    sync.post(SYNC_PATHS.push, { bodyLimit: MAX_BODY_BYTES }, async (request, reply): Promise<PushResponse> => {
      const terminal = callerOf(request);
      const { events } = parse(pushRequestSchema, request.body);
      const { acked, refused, stored } = await log.take(terminal.id, events);
      for (const { index, code } of refused) request.log.warn({ terminal: terminal.id, index, code }, 'event refused');
      request.log.info({ terminal: terminal.id, stored: stored.length, acked }, 'push');
      if (refused.some(({ code }) => code === 'forked-log')) {
        throw new HttpFault(409, 'forked-log', 'another event is held at this place of the log');
      }
      void reply.header('cache-control', 'no-store');
      return { acked, refused: [...refused], serverTime: now() };
    });

    sync.get(SYNC_PATHS.pull, async (request, reply): Promise<PullResponse> => {
      const terminal = callerOf(request);
      const { after, limit } = parse(pullQuerySchema, request.query);
      await terminals.heard(terminal.id);
      void reply.header('cache-control', 'no-store');
      return pullPage(database, terminal, after, limit, now());
    });

    sync.get(SYNC_PATHS.poke, async (request, reply) => {
      const terminal = callerOf(request);
      await terminals.heard(terminal.id);
      reply.hijack();
      streams.open(reply.raw, terminal);
    });
  });
}
