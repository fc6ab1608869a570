import { hashKey, QueryCache, QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Account } from '#shared/contract/console.ts';
import {
  callFailure,
  type ConsoleClient,
  type ConsoleQueries,
  createConsoleClient,
  createConsoleQueries,
} from './api.ts';
import { gatherBursts } from './burst.ts';
import { LiveEvents } from './live-events.ts';
import { pause } from './pause.ts';

/** How long changes are gathered before lists are read again, in milliseconds. */
const REFRESH_AFTER = 600;

/** What the parts of the page reach the server with. */
export interface Services {
  readonly client: ConsoleClient;
  readonly queries: ConsoleQueries;
  readonly queryClient: QueryClient;
  readonly live: LiveEvents;
  /** Whoever is signed in no longer is: `ended` where the server says so, not the person. */
  readonly signedOut: (ended: boolean) => void;
}

export function createServices(origin: string, onEnded: () => void): Services {
  const client = createConsoleClient(origin);
  const queries = createConsoleQueries(client);
  const whoKey = queries.session.who.queryKey();

  const signedOut = (ended: boolean) => {
    live.stop();
    const before: Account | null | undefined = queryClient.getQueryData(whoKey);
    if (ended && before) onEnded();
    queryClient.setQueryData(whoKey, null);
    queryClient.removeQueries({ predicate: (query) => query.queryHash !== hashKey(whoKey) });
  };

  const queryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (callFailure(error) === 'signed-out') signedOut(true);
      },
    }),
    defaultOptions: {
      // The server may be on the same machine as the page: a browser that thinks it is offline may be wrong.
      queries: { retry: false, networkMode: 'always', staleTime: 5000 },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

  const refresh = gatherBursts(
    () => {
      for (const key of [queries.overview.key(), queries.items.key(), queries.loans.key(), queries.quarantine.key()])
        void queryClient.invalidateQueries({ queryKey: key });
    },
    REFRESH_AFTER,
    { set: (run, ms) => window.setTimeout(run, ms) },
  );

  const live = new LiveEvents({
    latest: async (signal) => (await client.events.latest({ limit: 100 }, { signal })).rows,
    watch: (signal) => client.events.watch(undefined, { signal }),
    pause,
    now: Date.now,
    onChange: refresh,
    onSignedOut: () => signedOut(true),
  });

  return { client, queries, queryClient, live, signedOut };
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('useServices needs a ServicesContext above it');
  return services;
}
