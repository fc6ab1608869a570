import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createServerLink } from '#electron/core/sync/server-link.ts';

test('a poke says what it is about; one of a kind that is not known is about events', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of ['poke', 'content', 'something-new']) response.write(`event: ${event}\ndata: {}\n\n`);
    response.end('data: {}\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  // Listening on a port it has an address with one.
  const { port } = server.address() as AddressInfo;
  const link = createServerLink({ url: `http://127.0.0.1:${port}`, fetch, timeoutMs: 1000 });
  const heard: string[] = [];
  await link.listen((about) => void heard.push(about), new AbortController().signal);
  expect(heard).toEqual(['events', 'content', 'events', 'events']);
});
