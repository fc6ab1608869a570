import { useEffect, useMemo, useState } from 'react';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { createSearchInSlices, type Search, type SearchEntry } from '#shared/content/search/search.ts';

function entryOf({ id, title, summary, tags }: ReleasedLeaflet): SearchEntry {
  return {
    id,
    texts: [
      { text: title.zh, weight: 4 },
      { text: title.en ?? '', weight: 4 },
      { text: tags.join(' '), weight: 2 },
      { text: summary.zh, weight: 1 },
      { text: summary.en ?? '', weight: 1 },
    ],
  };
}

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

/** Those of the leaflets that fit, best first; all of them while nothing is searched. They are made ready when it is first needed. */
export function useFound(leaflets: readonly ReleasedLeaflet[], query: string): readonly ReleasedLeaflet[] {
  const isSearching = query.trim() !== '';
  const [index, setIndex] = useState<{ readonly of: readonly ReleasedLeaflet[]; readonly search: Search } | null>(null);
  useEffect(() => {
    if (!isSearching || index?.of === leaflets) return undefined;
    let left = false;
    const makeReady = async () => {
      const search = await createSearchInSlices(leaflets.map(entryOf), pause);
      if (!left) setIndex({ of: leaflets, search });
    };
    void makeReady();
    return () => {
      left = true;
    };
  }, [isSearching, index, leaflets]);
  return useMemo(() => {
    if (!isSearching || index?.of !== leaflets) return leaflets;
    const byId = new Map(leaflets.map((leaflet) => [leaflet.id, leaflet]));
    return index.search.find(query).flatMap((id) => byId.get(id) ?? []);
  }, [isSearching, index, leaflets, query]);
}
