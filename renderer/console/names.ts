import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useI18n } from './i18n.tsx';
import { useServices } from './services.ts';

export interface Names {
  readonly stations: readonly { readonly value: string; readonly label: string }[];
  readonly types: readonly { readonly value: string; readonly label: string }[];
  /** The station's name, or its code where it has none. */
  readonly stationName: (code: string) => string;
  /** The type's name, or its key where it has none. */
  readonly typeName: (key: string) => string;
}

/** Names of stations and item types in the language of the page, from the overview. */
export function useNames(): Names {
  const { queries } = useServices();
  const { pick } = useI18n();
  const { data } = useQuery(queries.overview.queryOptions());
  return useMemo(() => {
    const stations = (data?.stations ?? []).map(({ code, name }) => ({ value: code, label: pick(name) }));
    const types = (data?.types ?? []).map(({ type, name }) => ({ value: type, label: pick(name) }));
    const byType = new Map(types.map(({ value, label }) => [value, label]));
    const byCode = new Map(stations.map(({ value, label }) => [value, label]));
    return {
      stations,
      types,
      typeName: (key) => byType.get(key) ?? key,
      stationName: (code) => byCode.get(code) ?? code,
    };
  }, [data, pick]);
}
