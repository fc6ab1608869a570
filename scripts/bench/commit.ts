import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { createLedger } from '#electron/core/ledger.ts';
import { draftLent, draftReturned } from '#electron/core/lending/drafts.ts';
import { openDatabase } from '#electron/store/database.ts';
import { createEventStore } from '#electron/store/event-store.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { printMeasure, quantile } from './measure.ts';

const ROUNDS = 1500;
const HOLDER = { id: 'ab'.repeat(32), name: '王*春' };

/**
 * A durable append of one event with fold and projection, against a bare write and fdatasync of the same bytes at the
 * end of a file on the same disk. The two take turns, so that a busy disk is busy for both.
 */
export async function run(): Promise<void> {
  const folder = join(import.meta.dirname, '../../out/bench-commit');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const opened = openDatabase(join(folder, 'terminal.sqlite'));
  if (!opened.ok) throw new Error(opened.error.detail);
  const store = createEventStore(opened.value, 'LD-1');
  const ledger = createLedger({
    store,
    station: 'LD',
    now: Date.now,
    monotonic: () => performance.now(),
    newId: () => v7(),
  });
  const file = openSync(join(folder, 'bare'), 'a');

  const appends: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const item = itemKey(Math.floor(round / 2) % 200);
    const draft =
      round % 2 === 0
        ? draftLent(item, 'LD', HOLDER, '2026-11-26T23:59:00+08:00')
        : draftReturned(item, 'LD', null, null);
    const started = performance.now();
    const [event] = ledger.append([draft]);
    const appended = performance.now();
    const bytes = Buffer.from(`${canonicalJson(event)}\n`);
    const before = performance.now();
    writeSync(file, bytes);
    fdatasyncSync(file);
    const after = performance.now();
    // The first rounds pay for compiling the code.
    if (round < 200) continue;
    appends.push(appended - started);
    bare.push(after - before);
  }
  closeSync(file);
  opened.value.close();
  for (const [name, q] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    printMeasure({
      metric: `commit ${name}`,
      value: quantile(appends, q),
      unit: 'ms',
      reference: { name: `bare fdatasync ${name}`, value: quantile(bare, q) },
    });
  }
}
