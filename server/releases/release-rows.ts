import type { Kysely, Selectable, Transaction } from 'kysely';
import { z } from 'zod';
import { WAVE_STATES } from '#shared/content/waves.ts';
import type { Wave, WaveFault } from '#shared/content/waves.ts';
import { refusalOfReleaseSchema } from '#shared/contract/content.ts';
import { RELEASE_STATES, type ReleaseRow } from '#shared/contract/releases.ts';
import type { Tables } from '../store/schema.ts';
import type { ReleasedTitle } from './compose.ts';

/** Releases as rows of a table. What stands in their JSON columns was written here. */

const titlesSchema = z.array(
  z.object({
    leaflet: z.string(),
    version: z.int(),
    title: z.string(),
    stations: z.array(z.string()),
    emergency: z.boolean(),
  }),
);
const wavesSchema = z.array(
  z.object({ stations: z.array(z.string()), state: z.enum(WAVE_STATES), startedMs: z.int().nullable() }),
);
const faultSchema = z
  .object({ terminal: z.string(), why: refusalOfReleaseSchema.nullable(), detail: z.string() })
  .nullable();
const beforeSchema = z.record(z.string(), z.int().nullable());

type ReleaseState = (typeof RELEASE_STATES)[number];

export interface Release {
  readonly release: number;
  readonly approver: string;
  readonly publishedMs: number;
  readonly hash: string;
  readonly state: ReleaseState;
  readonly waves: readonly Wave[];
  readonly fault: WaveFault | null;
  readonly titles: readonly ReleasedTitle[];
  /** Which release a station showed before. */
  readonly before: Readonly<Record<string, number | null>>;
}

function readTitles(json: string): ReleasedTitle[] {
  return titlesSchema.parse(JSON.parse(json));
}

function releaseOf(row: Selectable<Tables['releases']>): Release {
  return {
    release: row.release,
    approver: row.approver,
    publishedMs: row.published_ms,
    hash: row.hash,
    state: z.enum(RELEASE_STATES).parse(row.state),
    waves: wavesSchema.parse(JSON.parse(row.waves)),
    fault: row.fault === null ? null : faultSchema.parse(JSON.parse(row.fault)),
    titles: readTitles(row.leaflets),
    before: beforeSchema.parse(JSON.parse(row.before)),
  };
}

/** As the console is told of it. */
export function told({ titles, before, waves, ...release }: Release): ReleaseRow {
  return {
    ...release,
    leaflets: titles.length,
    waves: waves.map(({ stations, ...wave }) => ({ ...wave, stations: [...stations] })),
    canGoBack: release.state !== 'rolled-back' && Object.values(before).some((shown) => shown !== null),
  };
}

export async function insertRelease(transaction: Transaction<Tables>, release: Release): Promise<void> {
  await transaction
    .insertInto('releases')
    .values({
      release: release.release,
      approver: release.approver,
      published_ms: release.publishedMs,
      hash: release.hash,
      state: release.state,
      waves: JSON.stringify(release.waves),
      fault: release.fault === null ? null : JSON.stringify(release.fault),
      leaflets: JSON.stringify(release.titles),
      before: JSON.stringify(release.before),
    })
    .execute();
}

/** Writes down what became of it, and returns it as it is now. */
export async function changeRelease(
  transaction: Transaction<Tables>,
  release: Release,
  changed: Partial<Pick<Release, 'state' | 'waves' | 'fault'>>,
): Promise<Release> {
  const after = { ...release, ...changed };
  await transaction
    .updateTable('releases')
    .set({
      state: after.state,
      waves: JSON.stringify(after.waves),
      fault: after.fault === null ? null : JSON.stringify(after.fault),
    })
    .where('release', '=', release.release)
    .execute();
  return after;
}

export async function findRelease(db: Kysely<Tables>, release: number): Promise<Release | null> {
  const row = await db.selectFrom('releases').selectAll().where('release', '=', release).executeTakeFirst();
  return row === undefined ? null : releaseOf(row);
}

export async function newestRelease(db: Kysely<Tables>): Promise<Release | null> {
  const row = await db.selectFrom('releases').selectAll().orderBy('release', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? null : releaseOf(row);
}

/** Those in a state, newest first. */
export async function releasesIn(db: Kysely<Tables>, state: ReleaseState): Promise<Release[]> {
  const rows = await db
    .selectFrom('releases')
    .selectAll()
    .where('state', '=', state)
    .orderBy('release', 'desc')
    .execute();
  return rows.map(releaseOf);
}

/** A page of all of them, newest first. */
export async function listReleases(
  db: Kysely<Tables>,
  { page, pageSize }: { readonly page: number; readonly pageSize: number },
): Promise<{ readonly rows: ReleaseRow[]; readonly total: number }> {
  const { total } = await db
    .selectFrom('releases')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('releases')
    .selectAll()
    .orderBy('release', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { rows: rows.map((row) => told(releaseOf(row))), total };
}
