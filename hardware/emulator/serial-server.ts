import { createServer, type Server, type Socket } from 'node:net';
import type { WireEnd } from './wire.ts';

/** A serial server seen from inside: the box in the network, and the device's end of the line behind it. */
export interface SerialServer extends WireEnd {
  /** 0 before the first `listen`, and the same from then on. */
  port(): number;
  /** Connections taken so far. */
  connections(): number;
  /** The box ends all its connections in order. */
  cut(): void;
  /** The box has forgotten its connections: the next word on them is answered with a reset. */
  reset(): void;
  /** Nothing listens any more; `listen` again on the same port. */
  stopListening(): Promise<void>;
  /** Listens already: does nothing. */
  listen(): Promise<void>;
  /** How it welcomes a connection: as a box does, or by ending it at once as one that has its client already. */
  welcome(how: 'serve' | 'turn-away'): void;
}

/** Real TCP on this machine's own address. */
export function createSerialServer(): SerialServer {
  const sockets = new Set<Socket>();
  let listener: (bytes: Uint8Array) => void = () => {};
  let connections = 0;
  let manner: 'serve' | 'turn-away' = 'serve';
  let port = 0;
  let server: Server | null = null;
  let taken: Promise<unknown> = Promise.resolve();

  function take(socket: Socket): void {
    connections += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => listener(chunk));
    if (manner === 'turn-away') socket.end();
  }

  function write(socket: Socket, bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => socket.write(bytes, () => resolve()));
  }

  return {
    port: () => port,
    connections: () => connections,
    async taken() {
      await taken;
    },
    send(bytes) {
      const copy = Uint8Array.from(bytes);
      taken = Promise.all([...sockets].map((socket) => write(socket, copy)));
      return sockets.size > 0;
    },
    onBytes(next) {
      listener = next;
    },
    cut() {
      for (const socket of sockets) socket.end();
    },
    reset() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async stopListening() {
      const listening = server;
      server = null;
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => (listening === null ? resolve() : listening.close(() => resolve())));
    },
    async listen() {
      if (server !== null) return;
      const next = createServer(take);
      server = next;
      await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
      const address = next.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      ({ port } = address);
    },
    welcome(how) {
      manner = how;
    },
  };
}
