import { setTimeout as sleep } from 'node:timers/promises';
import { openPage, type PageClient } from '../demo/page-client.ts';
import type { Station } from '../demo/station.ts';
import { pick } from './seeded.ts';

/** A resident saw it on the kiosk. */
export interface ShownOutcome {
  readonly item: string;
  readonly type: 'item.lent' | 'item.returned';
}

const PEOPLE = 20;
const READY_MS = 20_000;

/** What one page was shown, in order: each line once, when it first says lent or returned. */
function outcomesShown(page: PageClient): ShownOutcome[] {
  const seen = new Set<string>();
  const outcomes: ShownOutcome[] = [];
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

/** Residents in a hurry at one terminal: labels scanned and cards tapped, for one life of its process. */
export async function startKioskLoad(terminal: Station, labels: readonly string[], random: () => number) {
  const page = await openPage(await terminal.newLink());
  await page.until((view) => view.devices.scanner === 'ready' && view.devices.cardReader === 'ready', READY_MS);
  let running = true;
  const scanning = (async () => {
    while (running) {
      if (random() < 0.3) terminal.tapCard(pick(random, PEOPLE));
      terminal.scanner.scan(labels[pick(random, labels.length)] ?? '');
      await sleep(10 + pick(random, 40));
    }
  })();

  return {
    /** What was shown until now; nothing is scanned any more. */
    async stop(): Promise<ShownOutcome[]> {
      running = false;
      await scanning;
      await page.close();
      return outcomesShown(page);
    },
  };
}

export type KioskLoad = Awaited<ReturnType<typeof startKioskLoad>>;
