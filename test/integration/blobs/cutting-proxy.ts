import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** After so many bytes one way the connection is destroyed. */
export interface Cut {
  readonly way: 'up' | 'down';
  readonly after: number;
}

/** TCP in front of a server: its first connections are cut as told, one after the other, the later ones are not. */
export async function cuttingProxy(url: string, cuts: readonly Cut[]) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let next = 0;

  const proxy = createServer((near) => {
    const cut = cuts[next];
    next += 1;
    const far = connect(Number(port), hostname);
    const passed = { up: 0, down: 0 };
    const end = () => {
      near.destroy();
      far.destroy();
    };
    function pass(way: Cut['way'], from: Socket, to: Socket): void {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        const left = cut?.way === way ? cut.after - passed[way] : Number.POSITIVE_INFINITY;
        passed[way] += chunk.length;
        if (chunk.length < left) {
          if (!to.write(chunk)) {
            from.pause();
            to.once('drain', () => from.resume());
          }
          return;
        }
        // The bytes before the cut arrive; then the line is dead.
        if (left > 0) to.write(chunk.subarray(0, left), end);
        else end();
        from.pause();
      });
      from.on('error', end);
      from.on('close', () => {
        sockets.delete(from);
        end();
      });
    }
    pass('up', near, far);
    pass('down', far, near);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const close = () => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(close);
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, connections: () => next, close };
}
