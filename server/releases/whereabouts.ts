import type { Kysely } from 'kysely';
import type { ContentProgress } from '#shared/contract/content.ts';
import type { Whereabouts } from '#shared/contract/leaflets.ts';
import type { TerminalContent } from '#shared/contract/releases.ts';
import type { Tables } from '../store/schema.ts';
import { findRelease, type Release } from './release-rows.ts';
import { readReports } from './reports.ts';

const NOTHING = { bytes: null, total: null, why: null, detail: null } as const;

function ofProgress(progress: ContentProgress): Pick<Whereabouts, 'state' | 'bytes' | 'total' | 'why' | 'detail'> {
  switch (progress.state) {
    case 'current':
      return { ...NOTHING, state: 'before' };
    case 'downloading':
      return { ...NOTHING, state: 'downloading', bytes: progress.bytes, total: progress.total };
    case 'refused':
      return { ...NOTHING, state: 'refused', why: progress.why, detail: progress.detail };
    case 'waiting':
    case 'proving':
    case 'ready':
      return { ...NOTHING, state: progress.state };
    default:
      return progress satisfies never;
  }
}

/** Where it is at a terminal, by what that has last said. */
function at({ terminal, station, report }: TerminalContent, has: (release: number) => boolean): Whereabouts {
  const base = { terminal, station, receivedMs: report?.receivedMs ?? null };
  if (report === null) return { ...base, ...NOTHING, state: 'unheard' };
  if (report.showing !== null && has(report.showing.release)) return { ...base, ...NOTHING, state: 'showing' };
  const { progress } = report;
  const isOfIt = progress.state !== 'current' && (progress.release === null || has(progress.release));
  return isOfIt ? { ...base, ...ofProgress(progress) } : { ...base, ...NOTHING, state: 'before' };
}

/** Where the version of a leaflet that was published last is, at each terminal that should have it; null: none was ever published. */
export async function whereaboutsOf(db: Kysely<Tables>, leaflet: string): Promise<Whereabouts[] | null> {
  const published = await db
    .selectFrom('leaflet_versions')
    .select(['version', 'release'])
    .where('leaflet', '=', leaflet)
    // What was withdrawn is on the screens until the next release.
    .where('state', 'in', ['published', 'withdrawn'])
    .where('release', 'is not', null)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  if (published === undefined || published.release === null) return null;
  const known = new Map<number, Release | null>();
  const terminals = await readReports(db);
  const named = terminals.flatMap(({ report, wanted }) => {
    const { progress } = report ?? {};
    const underway = progress === undefined || progress.state === 'current' ? null : progress.release;
    return [report?.showing?.release ?? null, underway, wanted];
  });
  for (const release of [published.release, ...named]) {
    if (release !== null && !known.has(release)) known.set(release, await findRelease(db, release));
  }
  const titleIn = (release: number) =>
    known.get(release)?.titles.find((each) => each.leaflet === leaflet && each.version === published.version) ?? null;
  const stations = new Set([...known.keys()].flatMap((release) => titleIn(release)?.stations ?? []));
  return terminals
    .filter(({ station }) => stations.has(station))
    .map((terminal) => at(terminal, (release) => titleIn(release)?.stations.includes(terminal.station) === true));
}
