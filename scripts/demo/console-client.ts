import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { consoleContract } from '#shared/contract/console.ts';
import { fileAnswerSchema, FILES_PATH } from '#shared/contract/uploads.ts';

/** Signs in at the console as a browser would, and gives its calls and its uploads. */
export async function openConsoleSession(url: string, account: string, password: string) {
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
  return {
    client,
    async upload(name: string, body: Uint8Array<ArrayBuffer>) {
      const target = `${url}${FILES_PATH}?${new URLSearchParams({ name })}`;
      const response = await fetch(target, { method: 'POST', headers: { origin: url, cookie }, body });
      return fileAnswerSchema.parse(await response.json());
    },
  };
}

/** The calls alone. */
export async function signInAtConsole(url: string, account: string, password: string) {
  return (await openConsoleSession(url, account, password)).client;
}
