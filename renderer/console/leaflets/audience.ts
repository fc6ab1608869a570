import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Audience } from '#shared/content/leaflet.ts';
import { unreachable } from '#shared/result.ts';
import { useI18n } from '../i18n.tsx';
import { useNames } from '../names.ts';
import { useServices } from '../services.ts';

export interface StationGroup {
  readonly group: string;
  readonly zh: string;
  readonly en: string;
  /** In the language of the page. */
  readonly name: string;
  readonly stations: readonly string[];
}

/** Named groups of stations, by name; undefined: they are on their way. */
export function useGroups(): readonly StationGroup[] | undefined {
  const { queries } = useServices();
  const { language } = useI18n();
  const { data } = useQuery(queries.leaflets.groups.queryOptions());
  return useMemo(
    () =>
      data?.groups
        .map(({ group, name: { zh, en }, stations }) => ({
          group,
          zh,
          en,
          name: language === 'zh' ? zh : en,
          stations,
        }))
        .toSorted((a, b) => a.name.localeCompare(b.name, language)),
    [data, language],
  );
}

/** Whom an audience names, in words. */
export function useAudienceText(): (audience: Audience | null) => string {
  const { t } = useI18n();
  const { stationName } = useNames();
  const groups = useGroups() ?? [];
  return (audience) => {
    if (audience === null) return '';
    switch (audience.kind) {
      case 'all':
        return t('leaflets.allStations');
      case 'groups':
        return audience.groups.map((key) => groups.find(({ group }) => group === key)?.name ?? key).join(' · ');
      case 'stations':
        return audience.stations.map(stationName).join(' · ');
      default:
        return unreachable(audience);
    }
  };
}
