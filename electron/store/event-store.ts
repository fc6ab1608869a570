import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import type { SubjectState } from '#shared/ledger/fold.ts';
import type { EventKey } from '#shared/ledger/order.ts';
import { createHeadStore } from './head.ts';

/** How a subject's state came about, see the migrations: from its whole history, a snapshot, or one that has a hole. */
export const BASE = { whole: 0, snapshot: 1, incomplete: 2 } as const;
export type Base = (typeof BASE)[keyof typeof BASE];

/** A projected subject and the last event that is in its state. */
export interface Projected {
  readonly state: SubjectState;
  readonly key: EventKey;
  readonly base: Base;
}

/** An event and its canonical JSON, which is what is stored and sent. */
export interface WrittenEvent {
  readonly event: LedgerEvent;
  readonly json: string;
}

const jsonRow = z.object({ json: z.string() });
const countRow = z.object({ n: z.int() });
const placeRow = z.object({ id: z.string(), terminal: z.string(), n: z.int(), held: z.int(), json: z.string() });
const heldRow = z.object({ id: z.string(), n: z.int(), subject: z.string() });
const projectedRow = z.object({
  state: z.string(),
  hlc: z.string(),
  terminal: z.string(),
  n: z.int(),
  base: z.literal([0, 1, 2]),
});

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
export function createEventStore(db: Database, device: string) {
  const insert = db.prepare(
    `INSERT INTO events (id, terminal, n, hlc, subject, seen, json) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const inTheWay = db.prepare(
    'SELECT id, terminal, n, held, json FROM events WHERE (id = ? AND held = 0) OR (terminal = ? AND n = ?)',
  );
  const remove = db.prepare('DELETE FROM events WHERE terminal = ? AND n = ?');
  const hold = db.prepare('UPDATE events SET held = 1 WHERE terminal = ? AND n = ? AND held = 0 RETURNING subject');
  const heldBetween = db.prepare(
    'SELECT id, n, subject FROM events WHERE terminal = ? AND n > ? AND n <= ? AND held = 1 ORDER BY n',
  );
  const removeOthers = db.prepare('DELETE FROM events WHERE id = ? AND held = 0');
  const letGo = db.prepare('UPDATE events SET held = 0 WHERE terminal = ? AND n = ?');
  const eventsOf = db.prepare('SELECT json FROM events WHERE subject = ? AND held = 0');
  const chainAfter = db.prepare('SELECT json FROM events WHERE terminal = ? AND n > ? ORDER BY n LIMIT ?');
  const chainAt = db.prepare('SELECT json FROM events WHERE terminal = ? AND n = ?');
  const setSeen = db.prepare('UPDATE events SET seen = ? WHERE id = ? AND held = 0');
  const unseen = db.prepare(
    'SELECT json FROM events WHERE seen < ? AND terminal <> ? AND held = 0 ORDER BY terminal, n LIMIT ?',
  );
  const anything = db.prepare('SELECT (EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM subjects)) AS n');
  const subjectRow = db.prepare('SELECT state, hlc, terminal, n, base FROM subjects WHERE subject = ?');
  const upsertSubject = db.prepare(
    `INSERT INTO subjects (subject, kind, hlc, terminal, n, state, type, station, status, borrower, base)
     VALUES (@subject, @kind, @hlc, @terminal, @n, @state, @type, @station, @status, @borrower, @base)
     ON CONFLICT (subject) DO UPDATE SET hlc = @hlc, terminal = @terminal, n = @n, state = @state,
       type = @type, station = @station, status = @status, borrower = @borrower, base = @base`,
  );
  const dropSubject = db.prepare('DELETE FROM subjects WHERE subject = ?');
  const withHoles = db.prepare('SELECT subject FROM subjects WHERE base > 0');
  const allSubjects = db.prepare('SELECT subject FROM events WHERE held = 0 UNION SELECT subject FROM subjects');
  const incomplete = db.prepare('SELECT subject FROM subjects WHERE base > 1 ORDER BY subject LIMIT 1');
  const setBase = db.prepare('UPDATE subjects SET base = ? WHERE subject = ?');
  const addStray = db.prepare('INSERT INTO strays (id, json) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const dropStray = db.prepare('DELETE FROM strays WHERE id = ?');
  const strays = db.prepare('SELECT json FROM strays ORDER BY id LIMIT ?');
  const subjectName = z.object({ subject: z.string() });

  return {
    device,
    head: createHeadStore(db, device),

    /** Runs `work` in one transaction: all of it is on the disk when this returns, or nothing of it is. */
    transaction<T>(work: () => T): T {
      return db.transaction(work).immediate();
    },

    /** False if the event, or another with its id or its place in the chain, is here already. */
    insert({ event, json }: WrittenEvent, seen: number): boolean {
      const { id, terminal, n, hlc, subject } = event;
      return insert.run(id, terminal, n, hlc, subject, seen, json).changes === 1;
    },

    /** What has the id or the place of an event. */
    inTheWay({ id, terminal, n }: LedgerEvent): { event: LedgerEvent; json: string; held: boolean }[] {
      return inTheWay.all(id, terminal, n).map((row) => {
        const { json, held } = placeRow.parse(row);
        return { event: parseEvent(json), json, held: held === 1 };
      });
    },

    remove({ terminal, n }: Pick<LedgerEvent, 'terminal' | 'n'>): void {
      remove.run(terminal, n);
    },

    /** Keeps an own event in the chain and out of the states. Its subject, or null where it is so already. */
    hold(writer: string, n: number): string | null {
      const row = hold.get(writer, n);
      return row === undefined ? null : subjectName.parse(row).subject;
    },

    /** Own events after one n, up to another, that are kept in the chain and out of the states. */
    heldBetween(writer: string, after: number, upTo: number): { id: string; n: number; subject: string }[] {
      return heldBetween.all(writer, after, upTo).map((row) => heldRow.parse(row));
    },

    /** Such an event counts again, in the place of any other version of it. */
    letGo(writer: string, { id, n }: { readonly id: string; readonly n: number }): void {
      removeOthers.run(id);
      letGo.run(writer, n);
    },

    /** All events of a subject that count, in no particular order. */
    eventsOf(subject: string): LedgerEvent[] {
      return eventsOf.all(subject).map((row) => parseEvent(jsonRow.parse(row).json));
    },

    /** A writer's events after n, as they were written, in order. */
    chainAfter(writer: string, n: number, limit: number): string[] {
      return chainAfter.all(writer, n, limit).map((row) => jsonRow.parse(row).json);
    },

    /** The event at a place of a chain, or null. */
    chainAt(writer: string, n: number): string | null {
      const row = chainAt.get(writer, n);
      return row === undefined ? null : jsonRow.parse(row).json;
    },

    /** The server has this event: said in this round. */
    saw(id: string, round: number): void {
      setSeen.run(round, id);
    },

    /** Events of others that the server has not shown since the round began. */
    unseen(round: number, writer: string, limit: number): string[] {
      return unseen.all(round, writer, limit).map((row) => jsonRow.parse(row).json);
    },

    /** Neither an event nor a state. */
    isEmpty: (): boolean => countRow.parse(anything.get()).n === 0,

    subject(subject: string): Projected | null {
      const row = subjectRow.get(subject);
      if (row === undefined) return null;
      const { state, base, ...key } = projectedRow.parse(row);
      // The projection was written by saveSubject from a SubjectState; the log, not this cache, is what is parsed.
      return { state: JSON.parse(state) as SubjectState, key, base };
    },

    saveSubject(subject: string, { state, key, base }: Projected): void {
      upsertSubject.run({
        subject,
        kind: state.kind,
        hlc: key.hlc,
        terminal: key.terminal,
        n: key.n,
        state: JSON.stringify(state),
        ...searchColumns(state),
        base,
      });
    },

    dropSubject(subject: string): void {
      dropSubject.run(subject);
    },

    /** Subjects whose history is not wholly in the log. */
    subjectsWithHoles: (): string[] => withHoles.all().map((row) => subjectName.parse(row).subject),

    /** All subjects that there is an event or a state of. */
    allSubjects: (): string[] => allSubjects.all().map((row) => subjectName.parse(row).subject),

    incompleteSubject(): string | null {
      const row = incomplete.get();
      return row === undefined ? null : subjectName.parse(row).subject;
    },

    setBase(subject: string, base: Base): void {
      setBase.run(base, subject);
    },

    addStray({ event, json }: WrittenEvent): void {
      addStray.run(event.id, json);
    },

    dropStray(id: string): void {
      dropStray.run(id);
    },

    hasStrays: (): boolean => strays.get(1) !== undefined,

    strays(limit: number): string[] {
      return strays.all(limit).map((row) => jsonRow.parse(row).json);
    },
  };
}

export type EventStore = ReturnType<typeof createEventStore>;
