import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Bilingual } from '#shared/bilingual.ts';
import type { Audience } from '#shared/content/leaflet.ts';
import { stationCodeSchema, subjectKey } from '#shared/ledger/event.ts';
import type { StationState } from '#shared/ledger/fold-station.ts';
import { calendarOf } from '#shared/lending/next-opening.ts';
import { unreachable } from '#shared/result.ts';
import type { Tables } from '../store/schema.ts';

/** Where the ledger does not know a station's zone; the same as on terminals (electron/core/settings.ts). */
const USUAL_ZONE = 'Asia/Shanghai';

export interface StationGroup {
  readonly group: string;
  readonly name: Bilingual;
  readonly stations: string[];
}

/** The stations of the community and their groups, as they are now. */
export interface Stations {
  /** IANA time zone by code, in the order of the codes. */
  readonly zones: ReadonlyMap<string, string>;
  /** By name. */
  readonly groups: ReadonlyMap<string, StationGroup>;
}

const codesSchema = z.array(stationCodeSchema);

export async function readStations(db: Kysely<Tables>): Promise<Stations> {
  const rows = await db
    .selectFrom('subjects')
    .select(['subject', 'state'])
    .where('kind', '=', 'station')
    .orderBy('subject')
    .execute();
  const zones = rows.flatMap(({ subject, state }) => {
    const code = stationCodeSchema.safeParse(subjectKey(subject));
    // Written by projection.ts.
    const station = JSON.parse(state) as StationState;
    if (!code.success || station.name === null) return [];
    return [[code.data, calendarOf(station, null, USUAL_ZONE).zone] as const];
  });
  const groups = await db.selectFrom('station_groups').selectAll().orderBy('name').execute();
  return {
    zones: new Map(zones),
    groups: new Map(
      groups.map(({ name, zh, en, stations }) => [
        name,
        { group: name, name: { zh, en }, stations: codesSchema.parse(JSON.parse(stations)) },
      ]),
    ),
  };
}

/** The codes that an audience names, whether there are such stations or not. */
function named(audience: Audience, { zones, groups }: Stations): Iterable<string> {
  switch (audience.kind) {
    case 'all':
      return zones.keys();
    case 'groups':
      return audience.groups.flatMap((group) => groups.get(group)?.stations ?? []);
    case 'stations':
      return audience.stations;
    default:
      return unreachable(audience);
  }
}

/** Which stations an audience is now, in the order of their codes. */
export function resolveAudience(audience: Audience, stations: Stations): string[] {
  const wanted = new Set(named(audience, stations));
  return [...stations.zones.keys()].filter((code) => wanted.has(code));
}

/** The zones of an audience: one at least. */
export function zonesOf(audience: Audience, stations: Stations): string[] {
  const zones = resolveAudience(audience, stations).map((code) => stations.zones.get(code) ?? USUAL_ZONE);
  return zones.length === 0 ? [USUAL_ZONE] : [...new Set(zones)];
}

/** `*`, or what it names, each between two bars and groups with a `#`: the column by which a station's leaflets are found. */
export function audienceColumn(audience: Audience): string {
  if (audience.kind === 'all') return '*';
  const names = audience.kind === 'groups' ? audience.groups.map((group) => `#${group}`) : audience.stations;
  return `|${[...new Set(names)].join('|')}|`;
}

/** What the column may hold for a station to be in it: itself or a group that it is in. */
export function audienceEntries(station: string, { groups }: Stations): string[] {
  const own = [...groups.values()].filter(({ stations }) => stations.includes(station));
  return [station, ...own.map(({ group }) => `#${group}`)].map((entry) => `|${entry}|`);
}
