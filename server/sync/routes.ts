import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  MAX_BODY_BYTES,
  pullQuerySchema,
  type PullResponse,
  pushRequestSchema,
  type PushResponse,
  SYNC_PATHS,
} from '#shared/contract/sync.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { EventLog } from '../store/event-log.ts';
import type { KnownTerminal, Terminals } from '../store/terminals.ts';
import { HttpFault } from '../http-fault.ts';
import { pullPage } from './pull-page.ts';

/** A comment so often keeps the stream open through whatever lies between. */
const KEEP_ALIVE_MS = 15_000;

export interface SyncDeps {
  readonly database: ServerDatabase;
  readonly log: EventLog;
  readonly terminals: Terminals;
  readonly now: () => number;
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new HttpFault(400, 'malformed', z.prettifyError(parsed.error));
  return parsed.data;
}

/** The terminals' side of the server: contract/sync.ts. */
export function addSyncRoutes(app: FastifyInstance, { database, log, terminals, now }: SyncDeps): void {
  async function caller(request: FastifyRequest): Promise<KnownTerminal> {
    const token = /^Bearer (\S{16,200})$/.exec(request.headers.authorization ?? '')?.[1];
    const terminal = token === undefined ? null : await terminals.byToken(token);
    if (terminal === null) throw new HttpFault(401, 'unknown-terminal', 'this terminal is not known here');
    return terminal;
  }

  app.post(SYNC_PATHS.push, { bodyLimit: MAX_BODY_BYTES }, async (request, reply): Promise<PushResponse> => {
    const terminal = await caller(request);
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

  app.get(SYNC_PATHS.pull, async (request, reply): Promise<PullResponse> => {
    const terminal = await caller(request);
    const { after, limit } = parse(pullQuerySchema, request.query);
    await terminals.heard(terminal.id);
    void reply.header('cache-control', 'no-store');
    return pullPage(database, terminal, after, limit, now());
  });

  const streams = new Set<FastifyReply>();
  const poke = (reply: FastifyReply) => reply.raw.write('event: poke\ndata: {}\n\n');
  const stopListening = log.onStored(() => {
    for (const reply of streams) poke(reply);
  });
  const keepAlive = setInterval(() => {
    for (const reply of streams) reply.raw.write(':\n\n');
  }, KEEP_ALIVE_MS);
  app.addHook('preClose', async () => {
    stopListening();
    clearInterval(keepAlive);
    for (const reply of streams) reply.raw.end();
  });

  app.get(SYNC_PATHS.poke, async (request, reply) => {
    await caller(request);
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    streams.add(reply);
    reply.raw.once('close', () => streams.delete(reply));
    poke(reply);
  });
}
