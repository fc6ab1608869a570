import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { itemKey } from '#shared/lending/item-code.ts';
import { bareSync } from './bare/sync.ts';
import type { Contender, Load, Rates } from './contender.ts';
import { printMeasure, quantile } from './measure.ts';
import { writeOffline } from './offline-events.ts';
import type { BenchOptions } from './options.ts';
import { ourSync, type Pages } from './our-sync.ts';
import { installPouch } from './pouch/install.ts';
import { pouchSync } from './pouch/sync.ts';
import { openLedger } from './terminal.ts';

const EVENTS = 20_000;
const ROUNDS = 3;
const WAYS = ['push', 'pull'] as const;
const FOLDER = join(import.meta.dirname, '../../out/bench/sync');

/** Events such as our terminal writes, for those that write none. */
function eventLines(events: number): string[] {
  const { ledger, db } = openLedger(':memory:', 'LD-1', 'LD');
  const items = Array.from({ length: 204 }, (_, number) => itemKey(number + 1));
  writeOffline(ledger, 'LD', items, events);
  const lines = ledger.unsent(events);
  db.close();
  return lines;
}

/**
 * Events per second from a terminal to the server and from the server to a terminal: ours, PouchDB's with express-pouchdb, and
 * a bare batch insert over the same HTTP. The three take turns; what counts is each one's median.
 */
export async function run({ events }: BenchOptions): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const count = events ?? EVENTS;
  const warmUpCount = Math.max(2000, Math.ceil(count / 4));
  const all = eventLines(count + warmUpCount);
  const lines = all.slice(warmUpCount);
  const warmUp = all.slice(0, warmUpCount);

  const pages: Pages = { push: 1, pull: 1 };
  const contenders: Record<string, Contender> = {
    ours: (folder) => ourSync(folder, { lines, warmUp }, pages),
    // The same pages as ours, who is the first of all.
    bare: (folder) => bareSync(folder, load()),
    ...(installPouch() ? { pouch: (folder: string) => pouchSync(folder, load()) } : {}),
  };
  const load = (): Load => ({ lines, warmUp, pushPage: pages.push, pullPage: pages.pull });

  const seen: Record<string, Rates[]> = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    const turns = Object.entries(contenders);
    for (const [name, contend] of round % 2 === 0 ? turns : turns.toReversed()) {
      const rates = await contend(join(FOLDER, `${name}-${round}`));
      (seen[name] ??= []).push(rates);
      console.error(`${name}: push ${rates.push.toFixed(0)}, pull ${rates.pull.toFixed(0)} events/s`);
    }
  }

  const rate = (name: string, way: 'push' | 'pull') =>
    quantile(
      (seen[name] ?? []).map((rates) => rates[way]),
      0.5,
    );
  for (const way of WAYS) {
    const ours = rate('ours', way);
    if (seen['pouch'] !== undefined) {
      const reference = { name: 'PouchDB -> express-pouchdb', value: rate('pouch', way) };
      printMeasure({ metric: `sync ${way}`, value: ours, unit: 'events/s', reference });
    }
    printMeasure({
      metric: `sync ${way}, time of one event`,
      value: 1e6 / ours,
      unit: 'µs',
      reference: { name: 'bare batch insert', value: 1e6 / rate('bare', way) },
    });
  }
}
