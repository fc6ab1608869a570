import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { FarEnd } from '#hardware/emulator/pseudo-terminal.ts';
import { createTcpTransport } from '#hardware/transport/tcp-line.ts';
import { until } from './device-bench.ts';

export const tcpAt = (port: number, connectMs = 500) =>
  createTcpTransport({ host: '127.0.0.1', port, connectMs, keepAliveMs: 1_000 });

export interface SerialServer extends FarEnd {
  readonly port: number;
  /** Connections taken so far. */
  taken(): number;
  /** The box ends all its connections in order. */
  cut(): void;
  /** The box has forgotten its connections: the next word on them is answered with a reset. */
  reset(): void;
  /** Nothing listens any more; `listen` again on the same port. */
  stopListening(): Promise<void>;
  listen(): Promise<void>;
  /** How it welcomes a connection: as a box does, or by ending it at once as one that has its client already. */
  welcome(how: 'serve' | 'turn-away'): void;
}

/** A real serial server; what is behind it, the test decides. */
export async function serialServer(): Promise<SerialServer> {
  const sockets = new Set<Socket>();
  let listener: (bytes: Uint8Array) => void = () => {};
  let taken = 0;
  let manner: 'serve' | 'turn-away' = 'serve';
  let port = 0;
  let server: Server | null = null;

  function take(socket: Socket): void {
    taken += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => listener(chunk));
    if (manner === 'turn-away') socket.end();
  }
  async function listen(): Promise<void> {
    const next = createServer(take);
    server = next;
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
    const address = next.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    ({ port } = address);
  }
  async function stopListening(): Promise<void> {
    const last = server;
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => (last === null ? resolve() : last.close(() => resolve())));
    server = null;
  }
  await listen();
  onTestFinished(stopListening);
  return {
    port,
    taken: () => taken,
    send(bytes) {
      for (const socket of sockets) socket.write(Uint8Array.from(bytes));
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
    stopListening,
    listen,
    welcome(how) {
      manner = how;
    },
  };
}

/** Opens a line and keeps what it tells. */
export async function openTcp(port: number, connectMs?: number) {
  const received: number[] = [];
  let gone = 0;
  const opened = await tcpAt(port, connectMs).open({
    onBytes: (bytes) => void received.push(...bytes),
    onGone: () => {
      gone += 1;
    },
  });
  if (opened.ok) onTestFinished(() => opened.value.close());
  return { opened, received, gone: () => gone, isGone: () => until(() => gone > 0, 'the line to be gone') };
}
