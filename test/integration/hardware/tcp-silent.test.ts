import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { becomes, SPRING, startCardReader, until } from './device-bench.ts';
import { openTcp, serialServer, tcpAt } from './tcp-bench.ts';

it('a connection on which no reader answers is silent, and made anew: it may be half open', async () => {
  const box = await serialServer();
  const { driver, readings } = startCardReader(tcpAt(box.port));
  await becomes(driver, 'silent');
  await until(() => box.connections() > 1, 'another connection');
  const emulator = createCardReaderEmulator({ line: box });
  emulator.placeCard(SPRING);
  await until(() => readings.length > 0, 'the card');
  expect(driver.condition()).toBe('ready');
});

/** A port whose queue is full: the kernel answers no further connection, as nobody does at an address without a box. */
async function deafPort(): Promise<number> {
  const script = `require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
    console.log(this.address().port);
  })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  const port = Number(String(line));
  child.kill('SIGSTOP');
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (let isFull = false; !isFull;) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    sockets.push(socket);
    isFull = await Promise.race([once(socket, 'connect').then(() => false), sleep(300).then(() => true)]);
  }
  return port;
}

it('a server that does not answer a connection is not there', async () => {
  const { opened, gone } = await openTcp(await deafPort(), 200);
  expect([opened, gone()]).toEqual([{ ok: false, error: 'no-device' }, 0]);
});

it('a far side that takes nothing any more is gone when the kernel takes no more for it', async () => {
  const box = await serialServer();
  const { opened, gone } = await openTcp(box.port);
  if (!opened.ok) throw new Error(opened.error);
  const chunk = new Uint8Array(32_768);
  let chunks = 0;
  // All in one turn: the box, in this process, reads nothing meanwhile. The kernel's own buffers are some megabytes.
  while (chunks < 4_096 && opened.value.send(chunk)) chunks += 1;
  expect(chunks).toBeLessThan(4_096);
  expect(gone()).toBe(1);
});
