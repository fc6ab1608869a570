import { onTestFinished } from 'vitest';
import { createSerialServer } from '#hardware/emulator/serial-server.ts';
import { createTcpTransport } from '#hardware/transport/tcp-line.ts';
import { until } from './device-bench.ts';

export const tcpAt = (port: number, connectMs = 500) =>
  createTcpTransport({ host: '127.0.0.1', port, connectMs, keepAliveMs: 1_000 });

/** A real serial server that listens; what is behind it, the test decides. */
export async function serialServer() {
  const server = createSerialServer();
  await server.listen();
  onTestFinished(() => server.stopListening());
  return { ...server, port: server.port() };
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
