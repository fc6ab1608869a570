import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { CHAIN_EMPTY } from '#shared/ledger/chain.ts';
import { HLC_ZERO, type Hlc } from '#shared/ledger/clock.ts';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import type { SubjectState } from '#shared/ledger/fold.ts';
import type { EventKey } from '#shared/ledger/order.ts';

/** Where this terminal's chain, clock and sync stand. */
export interface Head {
  /** n and hash of the last own event. */
  readonly n: number;
  readonly hash: string;
  readonly hlc: Hlc;
  /** The highest own n that the server holds. */
  readonly acked: number;
  /** The server's cursor up to which its events are here. */
  readonly cursor: number;
  /** Server clock minus own wall clock, milliseconds. */
  readonly offsetMs: number;
}

/** A projected subject and the last event that is in its state. */
export interface Projected {
  readonly state: SubjectState;
  readonly key: EventKey;
}

const headRow = z.object({
  terminal: z.string(),
  n: z.int(),
  hash: z.string(),
  hlc_ms: z.int(),
  hlc_count: z.int(),
  acked: z.int(),
  cursor: z.int(),
  offset_ms: z.int(),
});
const jsonRow = z.object({ json: z.string() });
const projectedRow = z.object({ state: z.string(), hlc: z.string(), terminal: z.string(), n: z.int() });

function parseEvent(json: string): LedgerEvent {
  return eventSchema.parse(JSON.parse(json));
}

/**
 * What the columns beside the state hold: they are there to be searched. Everything of them is in the state as well.
 */
function searchColumns(state: SubjectState): {
  type: string | null;
  station: string | null;
  status: string | null;
  borrower: string | null;
} {
  if (state.kind !== 'item') return { type: null, station: null, status: null, borrower: null };
  return { type: state.type, station: state.station, status: state.status, borrower: state.loan?.borrower ?? null };
}

/** The log, its projection and the head, on one open database. Calls belong inside `transaction` where they write. */
export function createEventStore(db: Database, terminal: string) {
  const insertEvent = db.prepare(
    'INSERT INTO events (id, terminal, n, hlc, subject, json) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const eventsOf = db.prepare('SELECT json FROM events WHERE subject = ?');
  const ownAfter = db.prepare('SELECT json FROM events WHERE terminal = ? AND n > ? ORDER BY n LIMIT ?');
  const subjectRow = db.prepare('SELECT state, hlc, terminal, n FROM subjects WHERE subject = ?');
  const upsertSubject = db.prepare(
    `INSERT INTO subjects (subject, kind, hlc, terminal, n, state, type, station, status, borrower)
     VALUES (@subject, @kind, @hlc, @terminal, @n, @state, @type, @station, @status, @borrower)
     ON CONFLICT (subject) DO UPDATE SET hlc = @hlc, terminal = @terminal, n = @n, state = @state,
       type = @type, station = @station, status = @status, borrower = @borrower`,
  );
  const readHead = db.prepare('SELECT * FROM head WHERE one = 1');
  const writeHead = db.prepare(
    `INSERT INTO head (one, terminal, n, hash, hlc_ms, hlc_count, acked, cursor, offset_ms)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (one) DO UPDATE SET n = excluded.n, hash = excluded.hash, hlc_ms = excluded.hlc_ms,
       hlc_count = excluded.hlc_count, acked = excluded.acked, cursor = excluded.cursor, offset_ms = excluded.offset_ms`,
  );

  return {
    terminal,

    /** Runs `work` in one transaction: all of it is on the disk when this returns, or nothing of it is. */
    transaction<T>(work: () => T): T {
      return db.transaction(work).immediate();
    },

    /** False if the event, or another at its place in the chain, is here already. */
    insert(event: LedgerEvent, json: string): boolean {
      return insertEvent.run(event.id, event.terminal, event.n, event.hlc, event.subject, json).changes === 1;
    },

    /** All events of a subject, in no particular order. */
    eventsOf(subject: string): LedgerEvent[] {
      return eventsOf.all(subject).map((row) => parseEvent(jsonRow.parse(row).json));
    },

    /** Own events after n, as they were written, for the server. */
    ownAfter(n: number, limit: number): LedgerEvent[] {
      return ownAfter.all(terminal, n, limit).map((row) => parseEvent(jsonRow.parse(row).json));
    },

    subject(subject: string): Projected | null {
      const row = subjectRow.get(subject);
      if (row === undefined) return null;
      const { state, ...key } = projectedRow.parse(row);
      // The projection was written by saveSubject from a SubjectState; the log, not this cache, is what is parsed.
      return { state: JSON.parse(state) as SubjectState, key };
    },

    saveSubject(subject: string, { state, key }: Projected): void {
      upsertSubject.run({
        subject,
        kind: state.kind,
        hlc: key.hlc,
        terminal: key.terminal,
        n: key.n,
        state: JSON.stringify(state),
        ...searchColumns(state),
      });
    },

    head(): Head {
      const row = readHead.get();
      if (row === undefined) return { ...CHAIN_EMPTY, hlc: HLC_ZERO, acked: 0, cursor: 0, offsetMs: 0 };
      const head = headRow.parse(row);
      if (head.terminal !== terminal) {
        throw new Error(`the database belongs to terminal ${head.terminal}, not ${terminal}`);
      }
      return {
        n: head.n,
        hash: head.hash,
        hlc: { ms: head.hlc_ms, counter: head.hlc_count },
        acked: head.acked,
        cursor: head.cursor,
        offsetMs: head.offset_ms,
      };
    },

    saveHead(head: Head): void {
      writeHead.run(terminal, head.n, head.hash, head.hlc.ms, head.hlc.counter, head.acked, head.cursor, head.offsetMs);
    },
  };
}

export type EventStore = ReturnType<typeof createEventStore>;
