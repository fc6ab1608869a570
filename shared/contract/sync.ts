import { z } from 'zod';
import { eventSchema } from '../ledger/event.ts';

/**
 * Terminal <-> server over HTTP. Requests carry `authorization: Bearer <terminal token>`; bodies are JSON. Errors are
 * `{error:{code,message}}` with a 4xx or 5xx status.
 */
export const SYNC_PATHS = { push: '/sync/v1/push', pull: '/sync/v1/pull', poke: '/sync/v1/poke' } as const;

/** Bytes of a request body beyond which the server answers 413. Terminals keep their pages well under it. */
export const MAX_BODY_BYTES = 1_048_576;

/** Events in one page of a push or a pull, at most. */
export const MAX_PAGE_EVENTS = 500;

/** Why the server did not take an event. It is kept in quarantine with its reason, never dropped. */
export const refusalSchema = z.enum(['malformed', 'gap', 'wrong-chain', 'forked-log', 'foreign-terminal']);
export type Refusal = z.infer<typeof refusalSchema>;

/** Elements are parsed one by one: one bad event does not spoil the page. */
export const pushRequestSchema = z.object({ events: z.array(z.unknown()).max(MAX_PAGE_EVENTS) });

export const pushResponseSchema = z.object({
  /** The highest n of this terminal that the server holds without a gap. */
  acked: z.int().min(0),
  refused: z.array(z.object({ index: z.int().min(0), code: refusalSchema })),
  /** The server's wall clock, milliseconds since 1970. */
  serverTime: z.int(),
});
export type PushResponse = z.infer<typeof pushResponseSchema>;

export const pullQuerySchema = z.object({
  /** The last cursor this terminal has applied; 0 at first. */
  after: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_EVENTS).default(MAX_PAGE_EVENTS),
});

export const pullResponseSchema = z.object({
  /** In the server's own order, without the terminal's own events and those outside its scope. */
  events: z.array(eventSchema),
  /** Give this as `after` next time. */
  cursor: z.int().min(0),
  more: z.boolean(),
  serverTime: z.int(),
});
export type PullResponse = z.infer<typeof pullResponseSchema>;

export const errorResponseSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export type ErrorResponse = z.infer<typeof errorResponseSchema>;
