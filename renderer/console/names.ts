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
  /** The supply's name by its key `LD/cup`, or what that says of it where it has none. */
  readonly supplyName: (key: string) => string;
}

/** Names of stations, item types and supplies in the language of the page, from the overview. */
export function useNames(): Names {
  const { queries } = useServices();
  const { pick } = useI18n();
  const { data } = useQuery(queries.overview.queryOptions());
  return useMemo(() => {
    const stations = (data?.stations ?? []).map(({ code, name }) => ({ value: code, label: pick(name) }));
    const types = (data?.types ?? []).map(({ type, name }) => ({ value: type, label: pick(name) }));
    const byType = new Map(types.map(({ value, label }) => [value, label]));
    const bySupply = new Map((data?.supplies ?? []).map(({ supply, name }) => [supply, pick(name)]));
    const byCode = new Map(stations.map(({ value, label }) => [value, label]));
    return {
      stations,
      types,
      typeName: (key) => byType.get(key) ?? key,
      supplyName: (key) => bySupply.get(key) ?? key.split('/')[1] ?? key,
      stationName: (code) => byCode.get(code) ?? code,
    };
  }, [data, pick]);
}
