import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';
import { stationCodeSchema, terminalIdSchema } from '../ledger/event.ts';
import { ITEM_STATUSES } from '../ledger/item-state.ts';
import { callErrors } from './console-errors.ts';
import { leafletsContract } from './leaflets.ts';
import { codeSchema, meContract, peopleContract, whoSchema } from './people.ts';
import { releasesContract } from './releases.ts';
import { refusalSchema } from './sync.ts';

/** Console <-> server, over HTTP with a session cookie; `path` on the wire is `/rpc/...`. */

export type { Account } from './people.ts';

const page = {
  page: z.int().min(1).default(1),
  pageSize: z.int().min(1).max(200).default(20),
  descending: z.boolean().default(false),
};

export const itemRowSchema = z.object({
  item: z.string(),
  label: z.string(),
  type: z.string().nullable(),
  typeName: bilingualSchema.nullable(),
  note: bilingualSchema.nullable(),
  home: z.string().nullable(),
  station: z.string().nullable(),
  status: z.enum(ITEM_STATUSES),
  exceptions: z.array(z.string()),
});
export type ItemRow = z.infer<typeof itemRowSchema>;

export const loanRowSchema = z.object({
  loan: z.string(),
  item: z.string(),
  typeName: bilingualSchema.nullable(),
  /** Masked. */
  name: z.string(),
  station: z.string(),
  lentMs: z.int(),
  due: z.string(),
  overdue: z.boolean(),
});
export type LoanRow = z.infer<typeof loanRowSchema>;

export const eventRowSchema = z.object({
  seq: z.int(),
  id: z.string(),
  terminal: z.string(),
  station: z.string().nullable(),
  subject: z.string(),
  type: z.string(),
  /** Masked name of the borrower, where the event has one. */
  name: z.string().nullable(),
  /** When it happened by the writer's corrected clock, milliseconds since 1970. */
  atMs: z.int(),
  receivedMs: z.int(),
});
export type EventRow = z.infer<typeof eventRowSchema>;

export const terminalRowSchema = z.object({
  id: z.string(),
  station: z.string(),
  /** What people call the machine; may be empty. */
  device: z.string(),
  keyStore: z.enum(['os', 'file']),
  /** The key in use (contract/identity.ts); null where it was known before there were keys. */
  keyid: z.string().nullable(),
  enrolledMs: z.int().nullable(),
  heardMs: z.int().nullable(),
  revokedMs: z.int().nullable(),
});
export type TerminalRow = z.infer<typeof terminalRowSchema>;

const quarantineRowSchema = z.object({
  /** Names the entry, 64 hex digits. */
  key: z.string(),
  receivedMs: z.int(),
  /** Who sent it. */
  terminal: z.string(),
  /** The sender's station, where the sender is known. */
  station: z.string().nullable(),
  code: refusalSchema,
  /** Event type and subject, where the text says them as an event does. */
  type: z.string().nullable(),
  subject: z.string().nullable(),
  /** When it was let in, and by whose account; null while it is open. */
  settledMs: z.int().nullable(),
  settledBy: z.string().nullable(),
});
export type QuarantineRow = z.infer<typeof quarantineRowSchema>;

const quarantineEntrySchema = quarantineRowSchema.extend({
  /** The text as it came, of whatever kind; only NUL characters are left out. */
  raw: z.string(),
  /** It is a fact whose clock was wrong, and nothing else is: an admin may let it in. */
  mayLetIn: z.boolean(),
});
export type QuarantineEntry = z.infer<typeof quarantineEntrySchema>;

export const auditRowSchema = z.object({
  seq: z.int(),
  atMs: z.int(),
  account: z.string(),
  /** A call by its path (shared/people/roles.ts), or `session.signIn`. */
  act: z.string(),
  about: z.record(z.string(), z.string()),
  address: z.string(),
  /** `ordered`, `done`, or the code with which it was refused. */
  outcome: z.string(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

const entryKey = z.object({ key: z.string().regex(/^[0-9a-f]{64}$/) });

const errors = callErrors;
const terminalErrors = { ...errors, UNKNOWN_TERMINAL: { status: 404, message: 'there is no such terminal' } };

export const consoleContract = {
  session: {
    signIn: oc
      .errors({ WRONG_CREDENTIALS: { status: 401 }, CODE_NEEDED: { status: 401 }, TOO_MANY_TRIES: { status: 429 } })
      .input(
        z.object({
          account: z.string().min(1).max(64),
          password: z.string().min(1).max(200),
          code: codeSchema.optional(),
        }),
      )
      .output(whoSchema),
    signOut: oc.output(z.object({})),
    /** Null where nobody is signed in. */
    who: oc.output(whoSchema.nullable()),
  },
  overview: oc.errors(errors).output(
    z.object({
      items: z.int(),
      onLoan: z.int(),
      overdue: z.int(),
      exceptions: z.int(),
      /** Entries in quarantine that wait for a person. */
      setAside: z.int(),
      events: z.int(),
      stations: z.array(
        z.object({
          code: stationCodeSchema,
          name: bilingualSchema,
          /** Items in stock there now. */
          items: z.int(),
          onLoan: z.int(),
          /** When a terminal of the station last spoke to the server. */
          heardMs: z.int().nullable(),
        }),
      ),
      /** What supplies are called, by key `LD/cup`. */
      supplies: z.array(z.object({ supply: z.string(), name: bilingualSchema })),
      types: z.array(z.object({ type: z.string(), name: bilingualSchema, inStock: z.int(), onLoan: z.int() })),
    }),
  ),
  items: oc
    .errors(errors)
    .input(
      z.object({
        search: z.string().max(100).optional(),
        station: stationCodeSchema.optional(),
        type: z.string().max(40).optional(),
        status: z.enum(ITEM_STATUSES).optional(),
        /** True: only items whose ledger contradicts itself. */
        exceptions: z.boolean().optional(),
        sort: z.enum(['item', 'type', 'station', 'status']).default('item'),
        ...page,
      }),
    )
    .output(z.object({ rows: z.array(itemRowSchema), total: z.int() })),
  loans: oc
    .errors(errors)
    .input(
      z.object({
        search: z.string().max(100).optional(),
        station: stationCodeSchema.optional(),
        overdue: z.boolean().optional(),
        sort: z.enum(['lent', 'due', 'item']).default('due'),
        ...page,
      }),
    )
    .output(z.object({ rows: z.array(loanRowSchema), total: z.int() })),
  events: {
    /** Newest first. */
    latest: oc
      .errors(errors)
      .input(z.object({ limit: z.int().min(1).max(200).default(50) }))
      .output(z.object({ rows: z.array(eventRowSchema) })),
    /** Each event as the server takes it. */
    watch: oc.errors(errors).output(eventIterator(eventRowSchema)),
  },
  /** What was sent and not taken. */
  quarantine: {
    /** Newest first; `terminals` are the senders of all there are. */
    list: oc
      .errors(errors)
      .input(
        z.object({
          code: refusalSchema.optional(),
          terminal: terminalIdSchema.optional(),
          /** True: those that are settled too. */
          settled: z.boolean().default(false),
          page: page.page,
          pageSize: page.pageSize,
        }),
      )
      .output(z.object({ rows: z.array(quarantineRowSchema), total: z.int(), terminals: z.array(z.string()) })),
    /** Null where there is none (any more): what stood in its way has come, and it was taken. */
    entry: oc.errors(errors).input(entryKey).output(quarantineEntrySchema.nullable()),
    /** For admins: the fact stands, at the server's time. */
    letIn: oc
      .errors({ ...errors, NOT_TO_LET_IN: { status: 409, message: 'nothing that may be let in is open here' } })
      .input(entryKey)
      .output(z.object({})),
  },
  leaflets: oc.errors(errors).router(leafletsContract),
  releases: oc.errors(errors).router(releasesContract),
  people: oc.errors(errors).router(peopleContract),
  me: oc.errors(errors).router(meContract),
  /** What was done at the console and what was refused, newest first; `accounts` are all there are. */
  audit: {
    list: oc
      .errors(errors)
      .input(
        z.object({
          account: z.string().max(64).optional(),
          act: z.string().max(64).optional(),
          /** True: only what was refused. */
          refused: z.boolean().default(false),
          fromMs: z.int().optional(),
          untilMs: z.int().optional(),
          page: page.page,
          pageSize: page.pageSize,
        }),
      )
      .output(z.object({ rows: z.array(auditRowSchema), total: z.int(), accounts: z.array(z.string()) })),
  },
  /** Machines; changed by admins. */
  terminals: {
    /** All that were ever enrolled, by id. */
    list: oc.errors(errors).output(z.object({ rows: z.array(terminalRowSchema) })),
    /** A code by which one device becomes a terminal of the station, or one that is known is enrolled anew. */
    issueCode: oc
      .errors(terminalErrors)
      .input(z.object({ station: stationCodeSchema, terminal: terminalIdSchema.optional() }))
      .output(z.object({ code: z.string(), expiresMs: z.int() })),
    /** Puts a terminal out of service: from its next request on it is refused, and wipes itself. */
    revoke: oc
      .errors(terminalErrors)
      .input(z.object({ terminal: terminalIdSchema }))
      .output(z.object({})),
  },
};
