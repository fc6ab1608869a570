import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import { encodeLine } from '#hardware/protocol/line.ts';
import { becomes, SPRING, startCardReader, startScanner, until } from './device-bench.ts';
import { openTcp, serialServer, tcpAt } from './tcp-bench.ts';

it('a card reader and a scanner behind serial servers read as they do on a serial line', async () => {
  const [readerBox, scannerBox] = [await serialServer(), await serialServer()];
  createCardReaderEmulator({ line: readerBox }).placeCard(SPRING);
  const reader = startCardReader(tcpAt(readerBox.port));
  const scanner = startScanner(tcpAt(scannerBox.port));
  await until(() => reader.readings.length > 0, 'the card');
  expect(reader.readings).toEqual([{ kind: 'id-card', card: SPRING }]);

  await becomes(scanner.driver, 'ready');
  await until(() => scannerBox.connections() === 1, 'the connection');
  createScannerEmulator({ line: scannerBox }).scan('HF-000123');
  await until(() => scanner.readings.length > 0, 'a reading');
  expect(scanner.readings.map(({ text }) => text)).toEqual(['HF-000123']);
});

it('a slow network: a code whose bytes come one by one is read whole', async () => {
  const box = await serialServer();
  const { driver, readings } = startScanner(tcpAt(box.port));
  await becomes(driver, 'ready');
  await until(() => box.connections() === 1, 'the connection');
  for (const byte of encodeLine('HF-000123')) {
    box.send(Uint8Array.of(byte));
    await sleep(5);
  }
  await until(() => readings.length > 0, 'a reading');
  expect(readings.map(({ text }) => text)).toEqual(['HF-000123']);
});

it('what is sent arrives, in order; after close nothing does, and nobody is told that the line is gone', async () => {
  const box = await serialServer();
  const arrived: number[] = [];
  box.onBytes((bytes) => void arrived.push(...bytes));
  const { opened, gone } = await openTcp(box.port);
  if (!opened.ok) throw new Error(opened.error);
  expect([opened.value.send(Uint8Array.of(1, 2)), opened.value.send(Uint8Array.of(3))]).toEqual([true, true]);
  await until(() => arrived.length === 3, 'the bytes');
  await opened.value.close();
  expect(opened.value.send(Uint8Array.of(4))).toBe(false);
  expect([arrived, gone()]).toEqual([[1, 2, 3], 0]);
});
