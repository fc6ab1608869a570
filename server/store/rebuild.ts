import type { Kysely, Transaction } from 'kysely';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { eventSchema } from '#shared/ledger/event.ts';
import { fold } from '#shared/ledger/fold.ts';
import { projectAll } from './projection.ts';
import type { Tables } from './schema.ts';

/** What a comparison of the projection with the log has found. */
export interface Rebuilt {
  readonly subjects: number;
  /** Subjects whose row is not what their events add up to. */
  readonly differing: readonly string[];
}

/** Rows read at a time. */
const AT_ONCE = 500;

type Reader = Pick<Kysely<Tables>, 'selectFrom'>;

function stateText(state: string): string {
  try {
    return canonicalJson(JSON.parse(state));
  } catch {
    return state;
  }
}

/** All rows of the projection, each as one text. */
async function projection(db: Reader): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for (let after = ''; ;) {
    const page = await db
      .selectFrom('subjects')
      .selectAll()
      .where('subject', '>', after)
      .orderBy('subject')
      .limit(AT_ONCE)
      .execute();
    for (const { state, ...columns } of page) {
      rows.set(columns.subject, canonicalJson({ ...columns, state: stateText(state) }));
    }
    const last = page.at(-1);
    if (last === undefined) return rows;
    after = last.subject;
  }
}

/** Makes the projection anew from the log, in the transaction of a writer's turn, and says what was different. */
export async function rebuildProjections(transaction: Transaction<Tables>): Promise<Rebuilt> {
  const before = await projection(transaction);
  await projectAll(transaction);
  const after = await projection(transaction);
  const all = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return { subjects: after.size, differing: all.filter((subject) => before.get(subject) !== after.get(subject)) };
}

/** Compares the states with a fresh fold of the log; only reads. Give it a transaction that sees one moment. */
export async function compareProjections(db: Reader): Promise<Rebuilt> {
  const states = new Map<string, string>();
  for (const { subject, state } of await db.selectFrom('subjects').select(['subject', 'state']).execute()) {
    states.set(subject, stateText(state));
  }
  const subjects = await db.selectFrom('events').select('subject').distinct().orderBy('subject').execute();
  const differing: string[] = [];
  for (const { subject } of subjects) {
    const rows = await db.selectFrom('events').select('json').where('subject', '=', subject).execute();
    const state = fold(
      subject,
      rows.map(({ json }) => eventSchema.parse(JSON.parse(json))),
    );
    const wanted = state === null ? undefined : canonicalJson(state);
    if (states.get(subject) !== wanted) differing.push(subject);
    states.delete(subject);
  }
  return { subjects: subjects.length, differing: [...differing, ...states.keys()] };
}
