import { useQuery } from '@tanstack/react-query';
import { type Action, mayDo } from '#shared/people/roles.ts';
import { useServices } from './services.ts';

/** Whether whoever is signed in may do this; the server asks anew at each call. */
export function useMay(action: Action): boolean {
  const { queries } = useServices();
  const { data } = useQuery(queries.session.who.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  return data ? mayDo(data.roles, action) : false;
}
