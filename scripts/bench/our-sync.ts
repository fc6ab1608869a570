import { join } from 'node:path';
import { createExchange } from '#electron/core/sync/exchange.ts';
import type { ServerLink } from '#electron/core/sync/server-link.ts';
import { startWorld } from '../demo/world.ts';
import { type Load, rateOf, type Rates } from './contender.ts';
import { writeOffline } from './offline-events.ts';
import { BENCH_LOG, type BenchTerminal, newCode, openTerminal } from './terminal.ts';

/** The largest pages that went either way. */
export interface Pages {
  push: number;
  pull: number;
}

function watched(link: ServerLink, pages: Pages): ServerLink {
  return {
    ...link,
    push(header, lines, signal) {
      pages.push = Math.max(pages.push, lines.length);
      return link.push(header, lines, signal);
    },
    async pull(query, signal) {
      const answer = await link.pull(query, signal);
      if (answer.ok) pages.pull = Math.max(pages.pull, answer.value.lines.length);
      return answer;
    },
  };
}

/** One whole exchange of a terminal with the server; a fault is an error here. */
function exchangeOf({ ledger, link }: BenchTerminal, pages: Pages): () => Promise<void> {
  const exchange = createExchange({
    ledger,
    link: watched(link, pages),
    monotonic: () => performance.now(),
    onSending() {},
    log: BENCH_LOG,
  });
  return async () => {
    const fault = await exchange(new AbortController().signal);
    if (fault !== null) throw new Error(`no exchange: ${JSON.stringify(fault)}`);
  };
}

/**
 * The product: a server process as in the demo, and two terminals with ledger and signed requests in this one. Of `load` only
 * the numbers count: a terminal writes its events itself. `pages` learns how large the pages were.
 */
export async function ourSync(folder: string, load: Pick<Load, 'lines' | 'warmUp'>, pages: Pages): Promise<Rates> {
  const world = await startWorld({ folder, terminals: 0, fixedPorts: false, log: () => {} });
  const open = async (station: string) =>
    openTerminal({
      folder: join(folder, station),
      serverUrl: world.server.url,
      code: await newCode(world, station),
      fetch,
    });
  const writer = await open('LD');
  const reader = await open('LF');
  try {
    const write = exchangeOf(writer, pages);
    const read = exchangeOf(reader, pages);
    const items = world.items.map(({ item }) => item);
    // The first exchange brings the seed.
    await write();
    await read();
    writeOffline(writer.ledger, 'LD', items, load.warmUp.length);
    await write();
    await read();
    const events = load.lines.length;
    writeOffline(writer.ledger, 'LD', items, events);
    const push = await rateOf(events, write);
    const pull = await rateOf(events, read);
    const { n, acked } = writer.ledger.head();
    const [at, from] = [reader, writer].map(({ ledger }) => ledger.head().cursor);
    if (acked !== n || at !== from) throw new Error(`not all went over: ${acked} of ${n}, ${at} of ${from}`);
    return { push, pull };
  } finally {
    writer.close();
    reader.close();
    await world.close();
  }
}
