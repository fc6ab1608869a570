import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { LEAFLET_STATES } from '#shared/content/life.ts';
import type { consoleContract } from '#shared/contract/console.ts';
import { type LeafletRow, leafletRowSchema } from '#shared/contract/leaflets.ts';
import { likeText, rankOf } from '../console/searching.ts';
import type { Tables } from '../store/schema.ts';

export type LeafletQuery = z.output<NonNullable<(typeof consoleContract)['leaflets']['list']['~orpc']['inputSchema']>>;

const COLUMNS = {
  changed: sql.ref('changed_ms'),
  title: sql.ref('title_zh'),
  state: rankOf(sql.ref('state'), LEAFLET_STATES),
};

/** One row a leaflet, filtered, sorted and paged in the database. */
export async function listLeaflets(
  db: Kysely<Tables>,
  { search = '', state, kind, category, sort, descending, page, pageSize }: LeafletQuery,
): Promise<{ rows: LeafletRow[]; total: number }> {
  const found = db
    .selectFrom('leaflets')
    .$if(search.trim() !== '', (query) => query.where(sql<boolean>`words like ${likeText(search)} escape '!'`))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .$if(category !== undefined, (query) => query.where('category', '=', category ?? ''));
  const direction = descending ? 'desc' : 'asc';
  const rows = await found
    .selectAll()
    .orderBy(COLUMNS[sort], direction)
    .orderBy('leaflet', direction)
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const { total } = await found.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
  return {
    rows: rows.map(({ leaflet, version, kind: kindOf, author, priority, ...row }) =>
      leafletRowSchema.parse({
        leaflet,
        version,
        state: row.state,
        approvedVersion: row.approved_version,
        kind: kindOf,
        category: row.category,
        priority,
        title: { zh: row.title_zh, ...(row.title_en === null ? {} : { en: row.title_en }) },
        author,
        changedMs: row.changed_ms,
      }),
    ),
    total,
  };
}
