import { z } from 'zod';
import { terminalIdSchema } from '../ledger/event.ts';

/**
 * Terminal <-> server over HTTP. Pages of events are NDJSON (ndjson.ts): a header line, then an event a line in
 * canonical JSON. All other bodies are JSON; errors are `{error:{code,message}}` with a 4xx or 5xx status.
 */
export const SYNC_PATHS = {
  push: '/sync/v1/push',
  pull: '/sync/v1/pull',
  poke: '/sync/v1/poke',
  snapshot: '/sync/v1/snapshot',
  history: '/sync/v1/history',
  giveBack: '/sync/v1/give-back',
} as const;

/** Bytes of a request body beyond which the server answers 413. Terminals keep their pages well under it. */
export const MAX_BODY_BYTES = 4_194_304;

/** Events in one page of a push or a pull, at most. */
export const MAX_PAGE_EVENTS = 2000;

/**
 * Why the server did not take an event. It is kept in quarantine with its reason, never dropped. Of these `malformed`,
 * `ahead`, `not-allowed`, `wrong-scope` and `known-elsewhere` may keep their place in the chain (`held`), so that those
 * behind them are taken.
 */
export const refusalSchema = z.enum([
  /** No event, or one whose parts contradict each other. */
  'malformed',
  /** An event between this and the last one held is missing. */
  'gap',
  /** `prev` is not the hash of the event before. */
  'wrong-chain',
  /** Another event is held at this place. */
  'forked-log',
  /** Written under the name of somebody else. */
  'foreign-terminal',
  /** More than 24 hours ahead of the server's clock. */
  'ahead',
  /** Of a type that only the server writes. */
  'not-allowed',
  /** Of another scope than its kind of subject has. */
  'wrong-scope',
  /** Held already, under another writer's name. */
  'known-elsewhere',
]);
export type Refusal = z.infer<typeof refusalSchema>;

/** The server's log has a name of its own, which changes when it was put back from an older backup; '' before the first contact. */
const epoch = z.string().max(64);

/** Where a terminal stands in the server's log: `seq.idEnd` of the last event; '' at its beginning. Only the server reads it. */
const cursorSchema = z
  .string()
  .max(64)
  .regex(/^(?:\d{1,15}\.[0-9a-f]{12})?$/);

export const pushHeaderSchema = z.object({
  writer: terminalIdSchema,
  epoch,
  /** The highest n that the server once said to hold: if it holds less now, it has lost something. */
  acked: z.int().min(0),
});
export type PushHeader = z.infer<typeof pushHeaderSchema>;

/** The last link that the server holds of the writer's chain, refused ones that keep their place included. */
const headSchema = z.object({ n: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) });

export const pushResponseSchema = z.object({
  epoch,
  /** The highest n of this writer that the server holds without a gap, in its log or in quarantine. */
  acked: z.int().min(0),
  refused: z.array(
    z.object({
      index: z.int().min(0),
      code: refusalSchema,
      /** It keeps its place in the chain: those behind it are taken, and it need not be sent again. */
      held: z.boolean(),
    }),
  ),
  /** Taken, though of a type that the server does not know yet. */
  unknownTypes: z.array(z.int().min(0)),
  /** The server's wall clock, milliseconds since 1970. */
  serverTime: z.int(),
});
export type PushResponse = z.infer<typeof pushResponseSchema>;

export const pullQuerySchema = z.object({
  writer: terminalIdSchema,
  epoch,
  cursor: cursorSchema,
  /** As in a push. */
  acked: z.coerce.number().int().min(0),
  /** Own events that the server has not acknowledged. */
  unsent: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_EVENTS).default(MAX_PAGE_EVENTS),
});
export type PullQuery = z.input<typeof pullQuerySchema>;

/** Behind it: events in the server's own order, without those of the asking writer and those outside its scope. */
export const pullHeaderSchema = z.object({
  epoch,
  /** Give this as `cursor` next time. */
  cursor: cursorSchema,
  more: z.boolean(),
  serverTime: z.int(),
  head: headSchema,
});
export type PullHeader = z.infer<typeof pullHeaderSchema>;

export const snapshotQuerySchema = z.object({
  /** The last subject of the page before; '' for the first. */
  after: z.string().max(110).default(''),
});

/** Behind it: a folded subject a line. */
export const snapshotHeaderSchema = z.object({
  epoch,
  /** Where to pull from once the snapshot is here: it holds all before this, and perhaps some behind it. */
  cursor: cursorSchema,
  more: z.boolean(),
  /** Give this as `after` next time. */
  last: z.string().max(110),
  serverTime: z.int(),
});
export type SnapshotHeader = z.infer<typeof snapshotHeaderSchema>;

export const snapshotLineSchema = z.object({
  subject: z.string(),
  hlc: z.string(),
  terminal: z.string(),
  n: z.int(),
  /** A SubjectState as the server's fold made it. */
  state: z.looseObject({ kind: z.string() }),
});
export type SnapshotLine = z.infer<typeof snapshotLineSchema>;

export const historyQuerySchema = z.object({
  subject: z.string().max(110),
  after: z.coerce.number().int().min(0).default(0),
});

/** Behind it: every event of the subject that the terminal may see, its own ones too, in the server's order. */
export const historyHeaderSchema = z.object({ epoch, next: z.int().min(0), more: z.boolean() });
export type HistoryHeader = z.infer<typeof historyHeaderSchema>;

/** Behind it: events of whomever that the server has lost, from a terminal that still has them. */
export const giveBackHeaderSchema = z.object({ epoch });

export const giveBackResponseSchema = z.object({
  epoch,
  /** How many of them the server did lack. */
  lacked: z.int().min(0),
});
export type GiveBackResponse = z.infer<typeof giveBackResponseSchema>;

export const errorResponseSchema = z.object({
  error: z.looseObject({
    code: z.string(),
    message: z.string(),
    /** With `new-epoch`: the server's log of today, and what it holds of the asking writer. */
    epoch: epoch.optional(),
    head: headSchema.optional(),
    /** With `forked-log`: the first n at which the two logs differ. */
    at: z.int().min(1).optional(),
    /** With `stale-request`: the server's wall clock. */
    serverTime: z.int().optional(),
  }),
});
export type ErrorResponse = z.infer<typeof errorResponseSchema>;
