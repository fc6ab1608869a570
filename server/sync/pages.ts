import { type Kysely, sql } from 'kysely';
import type { HistoryHeader, PullHeader, SnapshotHeader } from '#shared/contract/sync.ts';
import { scopeOfKind, stationOfSubject } from '#shared/ledger/event-rules.ts';
import { subjectKind } from '#shared/ledger/event.ts';
import { CURSOR_START, cursorOf, seqOf } from '../store/cursor.ts';
import type { Tables } from '../store/schema.ts';
import type { KnownTerminal } from '../store/terminals.ts';
import { audiencesOf } from './visibility.ts';

/** Bytes in one page; the first event always fits. */
const PAGE_BYTES = 1024 * 1024;

/** Subjects looked at for one page of a snapshot, and events for one of a history. */
export const PAGE_ROWS = 1000;

export interface Page<Header> {
  readonly header: Header;
  readonly lines: readonly string[];
}

/** How many of these sizes fit one page. */
function fitting(sizes: readonly { readonly bytes: number }[], limit: number): number {
  let total = 0;
  const full = sizes.findIndex(({ bytes }) => {
    total += bytes;
    return total > PAGE_BYTES;
  });
  return Math.min(limit, full === -1 ? sizes.length : Math.max(1, full));
}

async function linesAt(db: Kysely<Tables>, seqs: readonly number[]): Promise<string[]> {
  if (seqs.length === 0) return [];
  const rows = await db.selectFrom('events').select('json').where('seq', 'in', seqs).orderBy('seq').execute();
  return rows.map(({ json }) => json);
}

async function newestCursor(db: Kysely<Tables>): Promise<string> {
  const row = await db.selectFrom('events').select(['seq', 'id']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? CURSOR_START : cursorOf(row.seq, row.id);
}

/**
 * What a terminal may see after its cursor, in the server's order, without what this writer wrote itself. Sizes are looked
 * at first, so that no more than a page is ever in memory.
 */
export async function pullPage(
  db: Kysely<Tables>,
  terminal: KnownTerminal,
  { writer, cursor, limit }: { readonly writer: string; readonly cursor: string; readonly limit: number },
): Promise<Page<Pick<PullHeader, 'cursor' | 'more'>>> {
  const newest = await newestCursor(db);
  const sizes = await db
    .selectFrom('events')
    .select(['seq', 'id', sql<number>`octet_length(json)`.as('bytes')])
    .where('seq', '>', seqOf(cursor))
    .where('seq', '<=', seqOf(newest))
    .where('terminal', '!=', writer)
    .where('audience', 'in', audiencesOf(terminal))
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  const page = sizes.slice(0, fitting(sizes, limit));
  const lines = await linesAt(
    db,
    page.map(({ seq }) => seq),
  );
  const more = sizes.length > page.length;
  const last = page.at(-1);
  // Where nothing visible lies behind, the cursor steps over what this terminal may not see.
  return { header: { cursor: more && last !== undefined ? cursorOf(last.seq, last.id) : newest, more }, lines };
}

function maySee(terminal: KnownTerminal, subject: string): boolean {
  const scope = scopeOfKind(subjectKind(subject));
  return scope === 'community' || (scope === 'station' && stationOfSubject(subject) === terminal.station);
}

/**
 * Folded subjects behind `after`, by name. Each is as it is now: it may hold events that lie behind the cursor of the
 * first page, which a terminal pulls again and knows by their order.
 */
export async function snapshotPage(
  db: Kysely<Tables>,
  terminal: KnownTerminal,
  after: string,
  most: number,
): Promise<Page<Pick<SnapshotHeader, 'cursor' | 'more' | 'last'>>> {
  const cursor = await newestCursor(db);
  const rows = await db
    .selectFrom('subjects')
    .select(['subject', 'hlc', 'terminal', 'n', 'state'])
    .where('subject', '>', after)
    .orderBy('subject')
    .limit(most)
    .execute();
  const sizes = rows.map(({ state }) => ({ bytes: Buffer.byteLength(state) }));
  const page = rows.slice(0, fitting(sizes, most));
  const lines = page.flatMap(({ subject, hlc, terminal: by, n, state }) =>
    maySee(terminal, subject)
      ? [`{"subject":${JSON.stringify(subject)},"hlc":"${hlc}","terminal":"${by}","n":${n},"state":${state}}`]
      : [],
  );
  return {
    header: {
      cursor,
      more: page.length < rows.length || rows.length === most,
      last: page.at(-1)?.subject ?? after,
    },
    lines,
  };
}

/** Every event of one subject that a terminal may see, in the server's order, behind seq `after`. */
export async function historyPage(
  db: Kysely<Tables>,
  terminal: KnownTerminal,
  subject: string,
  after: number,
  most: number,
): Promise<Page<Pick<HistoryHeader, 'next' | 'more'>>> {
  const sizes = await db
    .selectFrom('events')
    .select(['seq', sql<number>`octet_length(json)`.as('bytes')])
    .where('subject', '=', subject)
    .where('seq', '>', after)
    .where('audience', 'in', audiencesOf(terminal))
    .orderBy('seq')
    .limit(most + 1)
    .execute();
  const page = sizes.slice(0, fitting(sizes, most)).map(({ seq }) => seq);
  return {
    header: { next: page.at(-1) ?? after, more: sizes.length > page.length },
    lines: await linesAt(db, page),
  };
}
