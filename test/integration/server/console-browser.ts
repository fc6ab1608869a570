import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { seedAccounts } from '#server/seed/accounts.ts';
import { consoleContract } from '#shared/contract/console.ts';
import type { ServerWorld } from './server-world.ts';

/** Of every seeded account. */
export const PASSWORD = 'hongfan-in-tests';

/** A browser's end of the console: keeps the cookie, says where it comes from. */
export function browser(url: string) {
  const seen: { cookie: string; set: string | null } = { cookie: '', set: null };
  const link = new RPCLink({
    url: `${url}/rpc`,
    headers: () => ({ origin: url, cookie: seen.cookie }),
    fetch: async (request, init) => {
      const response = await fetch(request, init);
      const [set] = response.headers.getSetCookie();
      if (set !== undefined) {
        seen.set = set;
        seen.cookie = set.split(';')[0] ?? '';
      }
      return response;
    },
    plugins: [new ResponseValidationPlugin(consoleContract)],
  });
  const client: ContractRouterClient<typeof consoleContract> = createORPCClient(link);
  return { client, seen };
}

/** The code with which the server refused the call, or `none`. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    return error instanceof ORPCError ? String(error.code) : 'not from the server';
  }
}

/** Somebody's browser, signed in. */
export async function signedIn(world: Pick<ServerWorld, 'server' | 'url'>, account = 'admin') {
  for (const each of seedAccounts) await world.server.accounts.save(each, PASSWORD);
  const { client, seen } = browser(world.url);
  await client.session.signIn({ account, password: PASSWORD });
  return { client, seen };
}
