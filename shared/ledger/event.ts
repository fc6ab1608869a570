import { z } from 'zod';

/** Who a replica is: a terminal such as `LD-1`, or `server`. Safe in file names, URLs and clock texts. */
export const terminalIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/);

/** A station's code, two letters: `LD` is 柳度园 (community.md). */
export const stationCodeSchema = z.string().regex(/^[A-Z]{2}$/);

/** `kind:key`, what an event is about: `item:HF-000123`, `supply:LD/cup`, `type:umbrella`. */
export const subjectSchema = z
  .string()
  .max(100)
  .regex(/^[a-z]+:[A-Za-z0-9._/-]+$/);

export const actorSchema = z.looseObject({
  kind: z.enum(['resident', 'staff', 'system']),
  id: z.string().min(1).max(100),
});
export type Actor = z.infer<typeof actorSchema>;

/** Who may pull an event: every terminal, those of the writing station, or the server alone. */
export const scopeSchema = z.enum(['community', 'station', 'server']);
export type Scope = z.infer<typeof scopeSchema>;

/** Text of a hybrid logical clock, see clock.ts. */
export const hlcSchema = z.string().regex(/^\d{15}\.\d{5}\.[A-Za-z0-9][A-Za-z0-9-]{0,31}$/);

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The envelope of every fact in the ledger. Fields that this version does not know are kept and passed on, in the
 * envelope as well as in the body, because the chain is a hash over all of them.
 */
export const eventSchema = z.looseObject({
  /** UUIDv7 (RFC 9562, 5.7). */
  id: z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  terminal: terminalIdSchema,
  /** 1, 2, 3 ... per terminal, no gaps. */
  n: z.int().min(1),
  /** SHA-256, hex, over the canonical JSON of the terminal's event n-1; 64 zeros where n is 1. */
  prev: sha256Hex,
  hlc: hlcSchema,
  /** The terminal's own wall clock, uncorrected, in milliseconds since 1970. */
  wall: z.int().min(0),
  /** `doubted`: the wall clock was not believed, see ledger.md, Clocks. */
  clock: z.enum(['trusted', 'doubted']),
  /** The station the terminal stands in; null for the server. */
  station: stationCodeSchema.nullable(),
  subject: subjectSchema,
  type: z
    .string()
    .max(60)
    .regex(/^[a-z]+\.[a-z-]+$/),
  v: z.int().min(1),
  actor: actorSchema,
  scope: scopeSchema,
  body: z.record(z.string(), z.unknown()),
});
export type LedgerEvent = z.infer<typeof eventSchema>;

/** What the writer of an event decides; the ledger adds identity, place in the chain and time. */
export interface EventDraft {
  readonly subject: string;
  readonly type: string;
  readonly v: number;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly body: Record<string, unknown>;
}

/** The part before the colon: `item` of `item:HF-000123`. */
export function subjectKind(subject: string): string {
  return subject.slice(0, subject.indexOf(':'));
}

/** The part after the colon: `HF-000123` of `item:HF-000123`. */
export function subjectKey(subject: string): string {
  return subject.slice(subject.indexOf(':') + 1);
}
