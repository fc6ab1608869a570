import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { LEAFLET_STATES, type LeafletRow, type leafletsContract } from '#shared/contract/leaflets.ts';
import { likeText } from '../console/searching.ts';
import type { Tables } from '../store/schema.ts';
import { audienceEntries, readStations } from './stations.ts';
import { contentOf, stateOf } from './versions.ts';

export type LeafletQuery = z.output<NonNullable<(typeof leafletsContract)['list']['~orpc']['inputSchema']>>;

/** The newest version of each leaflet. */
const isNewest = sql<boolean>`version = (select max(newer.version) from leaflet_versions newer
  where newer.leaflet = leaflet_versions.leaflet)`;

const publishedVersion = sql<number | null>`(select max(shown.version) from leaflet_versions shown
  where shown.leaflet = leaflet_versions.leaflet and shown.state = 'published')`;

const isOver = (nowMs: number) => sql<boolean | number>`(over_ms is not null and over_ms <= ${nowMs})`;

/** A published one whose window is over is told as expired, and not as published. */
function inState(state: NonNullable<LeafletQuery['state']>, nowMs: number): RawBuilder<boolean> {
  if (state === 'expired') return sql<boolean>`state = 'published' and ${isOver(nowMs)}`;
  if (state === 'published') return sql<boolean>`state = 'published' and not ${isOver(nowMs)}`;
  return sql<boolean>`state = ${state}`;
}

/** The place of a state in the life of a leaflet. */
const stateRank = sql`case ${sql.join(
  LEAFLET_STATES.map((state, place) => sql`when state = ${state} then ${sql.lit(place)}`),
  sql` `,
)} end`;

/** One page of all leaflets, each by its newest version, and how many there are. */
export async function listLeaflets(db: Kysely<Tables>, query: LeafletQuery, nowMs: number) {
  const { search, state, kind, category, station, sort, descending, page, pageSize } = query;
  let rows = db.selectFrom('leaflet_versions').where(isNewest);
  for (const word of search?.trim().split(/\s+/) ?? []) {
    if (word !== '') rows = rows.where(sql<boolean>`words like ${likeText(word)} escape '!'`);
  }
  if (state !== undefined) rows = rows.where(inState(state, nowMs));
  if (kind !== undefined) rows = rows.where('kind', '=', kind);
  if (category !== undefined) rows = rows.where('category', '=', category);
  if (station !== undefined) {
    const entries = audienceEntries(station, await readStations(db));
    // Neither codes nor keys of groups have a character that means something in LIKE.
    const named = entries.map((entry) => sql`audience like ${`%${entry}%`}`);
    rows = rows.where(sql<boolean>`(audience = '*' or ${sql.join(named, sql` or `)})`);
  }
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const direction = descending ? 'desc' : 'asc';
  const column = { changed: sql`changed_ms`, title: sql`title`, state: stateRank }[sort];
  const found = await rows
    .selectAll()
    .select([publishedVersion.as('published_version'), isOver(nowMs).as('over')])
    .orderBy(column, direction)
    .orderBy('leaflet')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return {
    total,
    rows: found.map((row): LeafletRow => {
      const { title, body, category: ownCategory, priority, window } = contentOf(row);
      return {
        leaflet: row.leaflet,
        version: row.version,
        state: stateOf(row),
        publishedVersion: row.published_version,
        kind: body.kind,
        category: ownCategory,
        priority,
        title,
        author: row.author,
        changedMs: row.changed_ms,
        window,
        // SQLite's truth is a number.
        expired: Boolean(row.over),
      };
    }),
  };
}
