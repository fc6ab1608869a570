import { type Kysely, sql } from 'kysely';
import { CHAIN_EMPTY, hashEvent } from '#shared/ledger/chain.ts';
import { eventSchema } from '#shared/ledger/event.ts';
import { auditHash } from '#server/audit/audit.ts';
import { connect, type DatabaseChoice, openServerDatabase } from '#server/store/database.ts';
import { compareProjections, rebuildProjections } from '#server/store/rebuild.ts';
import type { Tables } from '#server/store/schema.ts';
import { openForReading } from './event-files.ts';
import { createChainWalk, type Finding, foldsFinding, type Link, loansFinding } from './finding.ts';
import { integrityFinding } from './verify-file.ts';

type Reader = Pick<Kysely<Tables>, 'selectFrom'>;

/** Links read at a time. */
const AT_ONCE = 1000;

/** All links of a writer, those that are set aside among them, in order. */
async function* linksOf(db: Reader, writer: string): AsyncGenerator<Link> {
  const aside = await db
    .selectFrom('quarantine')
    .select(['n', 'hash'])
    .where('writer', '=', writer)
    .where('n', 'is not', null)
    .orderBy('n')
    .execute();
  let nextAside = 0;
  for (let after = 0, more = true; more;) {
    const page = await db
      .selectFrom('events')
      .select('json')
      .where('terminal', '=', writer)
      .where('n', '>', after)
      .orderBy('n')
      .limit(AT_ONCE)
      .execute();
    more = page.length === AT_ONCE;
    for (const { json } of page) {
      const event = eventSchema.parse(JSON.parse(json));
      for (; (aside[nextAside]?.n ?? Infinity) <= event.n; nextAside += 1) {
        const { n, hash } = aside[nextAside] ?? {};
        if (typeof n === 'number' && typeof hash === 'string' && n > after && n < event.n) {
          yield { terminal: writer, n, hash, prev: null };
        }
      }
      yield { terminal: writer, n: event.n, hash: hashEvent(event), prev: event.prev };
      after = event.n;
    }
  }
}

async function chains(db: Reader): Promise<Finding[]> {
  const walk = createChainWalk(CHAIN_EMPTY, () => true);
  const writers = await db.selectFrom('events').select('terminal').distinct().orderBy('terminal').execute();
  for (const { terminal } of writers) for await (const link of linksOf(db, terminal)) walk.add(link);
  return walk.end();
}

async function places(db: Reader): Promise<Finding> {
  const row = await db
    .selectFrom('events')
    .select([sql<number>`count(*)`.as('count'), sql<number>`coalesce(max(seq), 0)`.as('last')])
    .executeTakeFirstOrThrow();
  const { count, last } = row;
  return { check: 'places', ok: count === last, detail: `${count} events, last place ${last}` };
}

async function loans(db: Reader): Promise<Finding> {
  const rows = await db.selectFrom('subjects').select(['state', 'status']).where('kind', '=', 'item').execute();
  const open = rows.filter(({ state }) => (JSON.parse(state) as { loan: unknown }).loan !== null).length;
  return loansFinding(open, rows.filter(({ status }) => status === 'on-loan').length);
}

/** Whether no entry of the audit log was changed, left out or put in. */
async function auditLog(db: Reader): Promise<Finding> {
  let [prev, seq] = [CHAIN_EMPTY.hash, 0];
  for (let more = true; more;) {
    const page = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(AT_ONCE)
      .execute();
    for (const row of page) {
      if (row.seq !== seq + 1 || row.prev !== prev || row.hash !== auditHash(row)) {
        return { check: 'audit', ok: false, detail: `the chain breaks at ${row.seq}` };
      }
      [prev, seq] = [row.hash, row.seq];
    }
    more = page.length === AT_ONCE;
  }
  return { check: 'audit', ok: true, detail: `${seq} entries` };
}

async function checks(db: Reader): Promise<Finding[]> {
  return [...(await chains(db)), await places(db), await loans(db), await auditLog(db)];
}

function filePages(choice: DatabaseChoice): Finding[] {
  if (choice.kind === 'postgres') return [];
  const db = openForReading(choice.path);
  try {
    return [integrityFinding(db)];
  } finally {
    db.close();
  }
}

/** All checks of a server's database, of one moment of it. Only reads, unless the projections are to be made anew. */
export async function verifyServer(choice: DatabaseChoice, rebuild: boolean): Promise<Finding[]> {
  if (rebuild) {
    const database = await openServerDatabase(choice);
    try {
      return await database.exclusive(async (transaction) => {
        const folds = foldsFinding({ ...(await rebuildProjections(transaction)), leftOut: 0 }, true);
        return [...filePages(choice), ...(await checks(transaction)), folds];
      });
    } finally {
      await database.close();
    }
  }
  const db = connect(choice, true);
  try {
    const began = choice.kind === 'postgres' ? db.transaction().setIsolationLevel('repeatable read') : db.transaction();
    return await began.execute(async (transaction) => {
      const folds = foldsFinding({ ...(await compareProjections(transaction)), leftOut: 0 }, false);
      return [...filePages(choice), ...(await checks(transaction)), folds];
    });
  } finally {
    await db.destroy();
  }
}
