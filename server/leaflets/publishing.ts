import type { Kysely, Transaction } from 'kysely';
import { isPublishable } from '#shared/content/life.ts';
import type { LeafletContent } from '#shared/content/leaflet.ts';
import type { Tables } from '../store/schema.ts';
import { readStations, resolveAudience } from './stations.ts';
import { change, contentOf, findVersion, replaceOlder, stateOf, type VersionKey } from './versions.ts';

/** A version that the next release has. */
export interface Publishable extends VersionKey {
  readonly content: LeafletContent;
  readonly approvedMs: number;
  /** The codes of the stations that it is for now, in their order. */
  readonly stations: string[];
}

/**
 * What is approved and not withdrawn: of each leaflet the newest such version, in the order of their ids. What is over at
 * all of its stations is left out.
 */
export async function publishable(db: Kysely<Tables>, nowMs: number): Promise<Publishable[]> {
  const stations = await readStations(db);
  const rows = await db
    .selectFrom('leaflet_versions')
    .select(['leaflet', 'version', 'content', 'approved_ms', 'over_ms'])
    .where('state', 'in', ['approved', 'published'])
    .orderBy('leaflet')
    .orderBy('version', 'desc')
    .execute();
  return rows
    .filter(({ leaflet }, place) => rows[place - 1]?.leaflet !== leaflet)
    .filter(({ over_ms }) => over_ms === null || over_ms > nowMs)
    .map((row) => {
      const content = contentOf(row);
      return {
        leaflet: row.leaflet,
        version: row.version,
        content,
        approvedMs: row.approved_ms ?? 0,
        stations: resolveAudience(content.audience, stations),
      };
    });
}

/**
 * Notes in the transaction that makes a release what it has: these are published, and the versions before them replaced.
 * False where one of them is not approved any more: then the transaction has to be given up.
 */
export async function markPublished(
  release: number,
  versions: readonly VersionKey[],
  transaction: Transaction<Tables>,
): Promise<boolean> {
  for (const key of versions) {
    const row = await findVersion(transaction, key);
    if (row === null || !isPublishable(stateOf(row))) return false;
    const done = await change(transaction, row, 'publish', { release: row.release ?? release });
    if (!done.ok) return false;
    await replaceOlder(transaction, key, ['approved', 'published']);
  }
  return true;
}
