import { canonicalJson } from '#shared/ledger/chain.ts';
import { filesOf, type LeafletFile } from '#shared/content/leaflet.ts';
import type { Manifest } from '#shared/content/release.ts';
import type { Publishable } from '../leaflets/publishing.ts';

/** A version as a release has it, to be told of. */
export interface ReleasedTitle {
  readonly leaflet: string;
  readonly version: number;
  readonly title: string;
  readonly stations: readonly string[];
  readonly emergency: boolean;
}

export interface Composed {
  /** Text of each station's manifest, in the order of the stations. */
  readonly manifests: ReadonlyMap<string, string>;
  readonly titles: readonly ReleasedTitle[];
  /** Each once. */
  readonly files: readonly LeafletFile[];
}

/** What a release would be: for each station its own manifest, with audiences resolved. */
export function composeRelease(
  release: number,
  leaflets: readonly Publishable[],
  stations: readonly string[],
): Composed {
  const manifests = new Map<string, string>();
  for (const station of stations) {
    const manifest: Manifest = {
      release,
      station,
      leaflets: leaflets
        .filter((each) => each.stations.includes(station))
        .map(({ leaflet, version, approvedMs, content }) => {
          const { audience: _audience, ...shown } = content;
          return { ...shown, id: leaflet, version, approvedMs };
        }),
    };
    manifests.set(station, canonicalJson(manifest));
  }
  const files = new Map(leaflets.flatMap(({ content }) => filesOf(content.body)).map((file) => [file.hash, file]));
  return {
    manifests,
    titles: leaflets.map(({ leaflet, version, content, stations: own }) => ({
      leaflet,
      version,
      title: content.title.zh,
      stations: own,
      emergency: content.priority === 'emergency',
    })),
    files: [...files.values()],
  };
}

const nameOf = ({ leaflet, version, stations }: ReleasedTitle): string =>
  `${leaflet} ${version} ${[...stations].sort().join(' ')}`;

/** What is another version, or for other stations, than before; and what is gone. */
export function compareTitles(
  before: readonly ReleasedTitle[],
  after: readonly ReleasedTitle[],
): { readonly added: ReleasedTitle[]; readonly removed: ReleasedTitle[] } {
  const old = new Set(before.map(nameOf));
  const kept = new Set(after.map(({ leaflet }) => leaflet));
  return {
    added: after.filter((each) => !old.has(nameOf(each))),
    removed: before.filter(({ leaflet }) => !kept.has(leaflet)),
  };
}

/** What stations are to show together: each its own release, by `channels`. A leaflet stands here once for each of its versions. */
export function standingTitles(
  channels: ReadonlyMap<string, number | null>,
  titlesOf: ReadonlyMap<number, readonly ReleasedTitle[]>,
): ReleasedTitle[] {
  const standing = new Map<string, ReleasedTitle>();
  for (const [station, release] of channels) {
    const titles = release === null ? [] : (titlesOf.get(release) ?? []);
    for (const title of titles.filter(({ stations }) => stations.includes(station))) {
      const key = `${title.leaflet} ${title.version}`;
      standing.set(key, { ...title, stations: [...(standing.get(key)?.stations ?? []), station] });
    }
  }
  return [...standing.values()];
}
