import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { consoleContract } from '#shared/contract/console.ts';

/** Signs in at the console as a browser would, and gives its calls. */
export async function signInAtConsole(url: string, account: string, password: string) {
  let cookie = '';
  const link = new RPCLink({
    url: `${url}/rpc`,
    headers: () => ({ origin: url, ...(cookie === '' ? {} : { cookie }) }),
    fetch: async (request, init) => {
      const response = await fetch(request, init);
      const set = response.headers.getSetCookie()[0];
      if (set !== undefined) cookie = set.split(';')[0] ?? '';
      return response;
    },
  });
  const client: ContractRouterClient<typeof consoleContract> = createORPCClient(link);
  await client.session.signIn({ account, password });
  return client;
}
