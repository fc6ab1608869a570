import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright';
import { createKeyStore } from '#electron/core/identity/key-store.ts';
import { makeKey } from '#electron/core/identity/keys.ts';
import type { Settings } from '#electron/core/settings.ts';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { launchChromium } from '../browser/chromium.ts';
import { startChild } from '../demo/child.ts';
import { freePort } from '../demo/free-port.ts';
import { printMeasure, quantile } from './measure.ts';
import { writeOffline } from './offline-events.ts';
import type { BenchOptions } from './options.ts';
import { openLedger } from './terminal.ts';

const EVENTS = 1_000_000;
/** As in a community of twelve stations. */
const ITEMS = 500;
const ROUNDS = 9;
const WARM_UP = 2;
const FOLDER = join(import.meta.dirname, '../../out/bench/start');

/** A machine that was enrolled, without devices, whose server does not answer. */
async function machine(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const settings: Settings = {
    zone: 'Asia/Shanghai',
    scanner: { path: join(folder, 'no-scanner'), baud: 9600 },
    cardReader: { path: join(folder, 'no-card-reader'), baud: 115_200 },
    terminal: 'LD-1',
    station: 'LD',
    server: { url: `http://127.0.0.1:${await freePort(0)}` },
    revocation: '0'.repeat(64),
    communityKey: 'ab'.repeat(32),
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  createKeyStore(join(folder, 'terminal-key.json')).write({ current: makeKey(Date.now()), next: null });
}

/** Fills the log through the ledger; all of it counts as sent, as nearly all is in a terminal that is in use. */
function fill(folder: string, events: number): void {
  const { ledger, db } = openLedger(join(folder, 'terminal.sqlite'), 'LD-1', 'LD');
  const items = Array.from({ length: ITEMS }, (_, number) => itemKey(number + 1));
  writeOffline(ledger, 'LD', items, events);
  ledger.acknowledge(events, []);
  db.close();
}

/** From the start of the terminal's process to the frame in which the home screen was there, milliseconds. */
async function startToHome(browser: Browser, folder: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 } });
  const page = await context.newPage();
  const started = performance.timeOrigin + performance.now();
  const terminal = await startChild('electron/browser.ts', ['--data', folder, '--window', 'none'], {}, `${folder}/log`);
  try {
    await page.goto(terminal.url, { waitUntil: 'commit' });
    await page.getByRole('heading', { name: kioskMessages['idle.titleNoScanner'].zh }).waitFor();
    const painted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
        }),
    );
    return painted - started;
  } finally {
    await context.close();
    await terminal.stop();
  }
}

/**
 * The browser shell and its page in Chromium, which runs already: the start of a terminal with a long log, and of one with an
 * empty log. The two take turns.
 */
export async function run({ events }: BenchOptions): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  const count = events ?? EVENTS;
  const full = join(FOLDER, 'full');
  const empty = join(FOLDER, 'empty');
  await machine(full);
  await machine(empty);
  const filling = performance.now();
  fill(full, count);
  console.error(`${count} events written in ${((performance.now() - filling) / 1000).toFixed(1)} s`);

  const browser = await launchChromium();
  const times: Record<'full' | 'empty', number[]> = { full: [], empty: [] };
  try {
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      for (const which of ['empty', 'full'] as const) {
        const ms = await startToHome(browser, which === 'full' ? full : empty);
        if (round >= WARM_UP) times[which].push(ms);
        await sleep(100);
      }
    }
  } finally {
    await browser.close();
  }
  printMeasure({
    metric: `start to home, ${count} events`,
    value: quantile(times.full, 0.5),
    unit: 'ms',
    reference: { name: '0 events', value: quantile(times.empty, 0.5) },
  });
}
