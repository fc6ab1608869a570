/**
 * `npm run kills -- [--times N] [--seed S]`: the terminal's process is killed with -9 at random moments while items are
 * scanned, N times. Then: every outcome that the page was shown is in the ledger in the same order, `verify` is clean,
 * and the server ends up with the same log. Exits 1 if not.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openPage, type PageClient } from './demo/page-client.ts';
import { exited } from './demo/child.ts';
import { startWorld } from './demo/world.ts';
import { eventsOf, openForReading } from './tool/event-files.ts';
import { run as verify } from './tool/verify.ts';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const times = Number(values.times);
const folder = join(import.meta.dirname, '../out/kills');
const ITEMS = 24;
const PEOPLE = 20;

/** mulberry32: a small seeded generator, so that a run can be repeated (the machine's timing aside). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What one page was shown, in order: each line once, when it first says lent or returned. */
function outcomesShown(page: PageClient): { item: string; type: 'item.lent' | 'item.returned' }[] {
  const seen = new Set<string>();
  const outcomes: { item: string; type: 'item.lent' | 'item.returned' }[] = [];
  for (const { sheet } of page.views) {
    if (sheet.kind === 'idle') continue;
    for (const line of sheet.lines) {
      const { kind } = line.outcome;
      if ((kind !== 'lent' && kind !== 'returned') || seen.has(`${line.id} ${kind}`)) continue;
      seen.add(`${line.id} ${kind}`);
      outcomes.push({ item: line.item, type: kind === 'lent' ? 'item.lent' : 'item.returned' });
    }
  }
  return outcomes;
}

const random = seeded(Number(values.seed));
const pick = (count: number) => Math.floor(random() * count);
rmSync(folder, { recursive: true, force: true });
const world = await startWorld({ folder, terminals: 1, fixedPorts: false, log: (text) => console.error(text) });
const [terminal] = world.terminals;
if (terminal === undefined) throw new Error('no terminal');
const items = world.items.filter((item) => item.home === terminal.station).slice(0, ITEMS);

const shown: { item: string; type: string }[] = [];
for (let round = 1; round <= times; round += 1) {
  const page = await openPage(await terminal.newLink());
  await page.until((view) => view.devices.scanner === 'ready' && view.devices.cardReader === 'ready', 20_000);
  let running = true;
  const scanning = (async () => {
    while (running) {
      if (random() < 0.3) terminal.tapCard(pick(PEOPLE));
      terminal.scanner.scan(items[pick(items.length)]?.label ?? '');
      await sleep(10 + pick(40));
    }
  })();
  await sleep(600 + pick(900));
  terminal.process().kill('SIGKILL');
  await exited(terminal.process());
  running = false;
  await scanning;
  await page.close();
  const outcomes = outcomesShown(page);
  shown.push(...outcomes);
  console.error(`kill ${round} of ${times}: ${outcomes.length} outcomes had been shown`);
  await terminal.restart();
}

const lastPage = await openPage(await terminal.newLink());
await lastPage.until((view) => view.sync.state === 'synced' && view.sync.unsent === 0, 60_000, 0);
await lastPage.close();
const terminalDb = openForReading(terminal.databasePath);
const own = [...eventsOf(terminalDb, 0)].map(({ event }) => event).filter((event) => event.terminal === terminal.id);
const onServer = [...eventsOf(openForReading(world.server.databasePath), 0)].filter(
  ({ event }) => event.terminal === terminal.id,
);

/** Per item, what was shown must be a subsequence of what is recorded: more may be recorded than was still shown. */
const lost: { item: string; type: string }[] = [];
for (const [item, outcomes] of Map.groupBy(shown, ({ item: key }) => key)) {
  const recorded = own.filter((event) => event.subject === `item:${item}`).toSorted((a, b) => a.n - b.n);
  let next = 0;
  for (const outcome of outcomes) {
    while (next < recorded.length && recorded[next]?.type !== outcome.type) next += 1;
    if (next >= recorded.length) lost.push(outcome);
    next += 1;
  }
}
await world.close();
const clean = await verify(['--db', terminal.databasePath], (line) => console.log(JSON.stringify(line)));
const serverClean = await verify(['--db', world.server.databasePath], (line) => console.log(JSON.stringify(line)));
console.log(
  JSON.stringify({
    metric: 'kills',
    kills: times,
    shown: shown.length,
    recorded: own.length,
    onServer: onServer.length,
    lost: lost.length,
  }),
);
const good =
  lost.length === 0 && shown.length > times && clean === 0 && serverClean === 0 && onServer.length === own.length;
process.exit(good ? 0 : 1);
