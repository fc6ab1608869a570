import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SYNC_PATHS } from '#shared/contract/sync.ts';

/** Between terminals and a server: all goes through, but for the push channel while that is dead. */
export async function pokeProxy(serverUrl: string) {
  const target = new URL(serverUrl);
  const streams = new Set<ServerResponse>();
  let dead = false;

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const isPoke = incoming.url?.startsWith(SYNC_PATHS.poke) === true;
    if (isPoke && dead) {
      outgoing.writeHead(503).end();
      return;
    }
    if (isPoke) {
      streams.add(outgoing);
      outgoing.once('close', () => streams.delete(outgoing));
    }
    const { url: path, method, headers } = incoming;
    const onward = request({ host: target.hostname, port: target.port, path, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.once('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  const proxy = createServer(pass);
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  // A server that listens on a port has such an address.
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,

    /** Ends the streams that there are, and lets no other begin. */
    killPush(): void {
      dead = true;
      for (const stream of streams) stream.destroy();
    },

    close(): void {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
