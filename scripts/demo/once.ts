import { setTimeout as sleep } from 'node:timers/promises';
import type { EventRow } from '#shared/contract/console.ts';
import { signInAtConsole } from './console-client.ts';
import { openPage } from './page-client.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 30_000;

export interface Recorded {
  readonly ok: boolean;
  readonly item: string;
  /** What the server recorded of the item, oldest first. */
  readonly events: readonly EventRow[];
}

/** Lends an umbrella and takes it back through the emulated devices, and asks the server what it knows of it. */
export async function lendAndReturnOnce(world: World, say: (text: string) => void): Promise<Recorded> {
  const [terminal] = world.terminals;
  const umbrella = world.items.find((item) => item.home === terminal?.station && item.typeName.zh === '雨伞');
  if (terminal === undefined || umbrella === undefined) throw new Error('no terminal or no umbrella in the seed');
  const console_ = await signInAtConsole(world.server.url, 'admin', world.server.adminPassword);
  const page = await openPage(await terminal.newLink());
  const subject = `item:${umbrella.item}`;

  async function onServer(type: string): Promise<EventRow[]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const { rows } = await console_.events.latest({ limit: 50 });
      const own = rows.filter((row) => row.subject === subject).toReversed();
      if (own.some((row) => row.type === type) || Date.now() > deadline) return own;
      await sleep(100);
    }
  }

  say('waiting for the devices and the first sync ...');
  await page.until((view) => view.devices.scanner === 'ready' && view.devices.cardReader === 'ready', PATIENCE_MS, 0);
  await page.until((view) => view.stock.length > 0 && view.sync.state === 'synced', PATIENCE_MS, 0);

  say(`scanning ${umbrella.label}, then a card ...`);
  terminal.scanner.scan(umbrella.label);
  await page.until((view) => view.sheet.kind === 'card');
  terminal.tapCard(0);
  await page.until(
    ({ sheet }) => sheet.kind === 'borrow' && sheet.lines.some(({ outcome }) => outcome.kind === 'lent'),
  );
  await onServer('item.lent');

  say('scanning it again, to bring it back ...');
  await page.act({ kind: 'leave' });
  // The scanner driver takes the same code within a second and a half for one scan.
  await sleep(2_000);
  terminal.scanner.scan(umbrella.label);
  await page.until(({ sheet }) => sheet.kind === 'return');
  const events = await onServer('item.returned');
  await page.close();
  const types = events.map((row) => row.type);
  return { ok: types.includes('item.lent') && types.at(-1) === 'item.returned', item: umbrella.item, events };
}
