import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { consoleContract } from '#shared/contract/console.ts';

export type ConsoleClient = ContractRouterClient<typeof consoleContract>;

/** A client of the community server at `origin` (`https://host`); answers that break the contract are rejected. */
export function createConsoleClient(origin: string): ConsoleClient {
  const link = new RPCLink({
    url: new URL('/rpc', origin),
    fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
    plugins: [new ResponseValidationPlugin(consoleContract)],
  });
  return createORPCClient(link);
}

/** The client's procedures as query and mutation options for @tanstack/react-query. */
export const createConsoleQueries = (client: ConsoleClient) => createTanstackQueryUtils(client);
export type ConsoleQueries = ReturnType<typeof createConsoleQueries>;

/** What a failed call means to the reader of the page. */
export type CallFailure = 'signed-out' | 'wrong-credentials' | 'code-needed' | 'too-many-tries' | 'away';

export function callFailure(error: unknown): CallFailure {
  if (!(error instanceof ORPCError)) return 'away';
  switch (error.code) {
    case 'UNAUTHORIZED':
      return 'signed-out';
    case 'WRONG_CREDENTIALS':
      return 'wrong-credentials';
    case 'CODE_NEEDED':
      return 'code-needed';
    case 'TOO_MANY_TRIES':
    case 'TOO_MANY_REQUESTS':
      return 'too-many-tries';
    default:
      return 'away';
  }
}
