import Database from 'better-sqlite3';
import { z } from 'zod';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { fold } from '#shared/ledger/fold.ts';
import { compareEvents } from '#shared/ledger/order.ts';
import { BASE, createEventStore, type EventStore, type Projected } from './event-store.ts';
import { MIGRATIONS } from './migrations.ts';

/** What a comparison of the projection with the log has found. */
export interface Rebuilt {
  /** Subjects whose whole history is in the log. */
  readonly subjects: number;
  /** Of those: whose row is not what their events add up to. */
  readonly differing: readonly string[];
  /** Subjects that began with the server's snapshot: their history is not here, and they are left as they are. */
  readonly leftOut: number;
}

const projectionRow = z.looseObject({ state: z.string() });

/** A subject's state from its events; null where they add up to none. */
function freshState(store: EventStore, subject: string): Projected | null {
  const events = store.eventsOf(subject).sort(compareEvents);
  const key = events.at(-1);
  const state = fold(subject, events);
  return key === undefined || state === null ? null : { state, key, base: BASE.whole };
}

function save(store: EventStore, subject: string, fresh: Projected | null): void {
  if (fresh === null) store.dropSubject(subject);
  else store.saveSubject(subject, fresh);
}

/**
 * Folds a subject anew. Where its history is not all here, notes that it must be fetched. Belongs in the transaction that
 * changed the log.
 */
export function refoldSubject(store: EventStore, subject: string): void {
  const base = store.subject(subject)?.base ?? BASE.whole;
  if (base === BASE.whole) save(store, subject, freshState(store, subject));
  else store.setBase(subject, BASE.incomplete);
}

/** A row of the projection with all its columns; '' where there is none, or one whose state is no JSON any more. */
function rowText(select: Database.Statement, subject: string): string {
  const row = select.get(subject);
  if (row === undefined) return '';
  const { state, ...columns } = projectionRow.parse(row);
  try {
    return canonicalJson({ ...columns, state: JSON.parse(state) });
  } catch {
    return state;
  }
}

function go(db: Database.Database, change: boolean): Rebuilt {
  // What a row should be is what the store makes of the state, columns and all: it writes it to memory first.
  const scratch = new Database(':memory:');
  for (const sql of MIGRATIONS) scratch.exec(sql);
  const wanted = createEventStore(scratch, '');
  const store = createEventStore(db, '');
  const selectRow = 'SELECT * FROM subjects WHERE subject = ?';
  const rowHere = db.prepare(selectRow);
  const rowWanted = scratch.prepare(selectRow);
  const known = store.allSubjects();
  const withHoles = new Set(store.subjectsWithHoles());
  const differing: string[] = [];
  for (const subject of known) {
    if (withHoles.has(subject)) continue;
    const fresh = freshState(store, subject);
    save(wanted, subject, fresh);
    if (rowText(rowHere, subject) !== rowText(rowWanted, subject)) {
      differing.push(subject);
      if (change) save(store, subject, fresh);
    }
    wanted.dropSubject(subject);
  }
  scratch.close();
  return { subjects: known.length - withHoles.size, differing, leftOut: withHoles.size };
}

/** Compares the projection with a fresh fold of the log. Only reads: the terminal may go on meanwhile. */
export function compareProjections(db: Database.Database): Rebuilt {
  return db.transaction(() => go(db, false)).deferred();
}

/** Makes the projection anew from the log, in one transaction, and says what was different. */
export function rebuildProjections(db: Database.Database): Rebuilt {
  return db.transaction(() => go(db, true)).immediate();
}
