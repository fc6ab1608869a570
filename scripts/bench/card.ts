import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { FarEnd } from '#hardware/emulator/pseudo-terminal.ts';
import { encodeCommand } from '#hardware/protocol/sdt-command.ts';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { launchChromium } from '../browser/chromium.ts';
import { startWorld } from '../demo/world.ts';
import { printMeasure, quantile } from './measure.ts';

const CARDS = 30;
const WARM_UP = 4;
const BAUD = 115_200;
/** Start, eight data bits, stop. */
const BITS_OF_BYTE = 10;
/** What a serial chip hands on at a time. */
const PIECE_BYTES = 16;
/** The reply with text and photo (device notes 1.2): most of what goes over the wire. */
const READ_BYTES = 1295;
/** All three commands and their replies: 10 bytes each, and 15, 19 and 1295. */
const ALL_BYTES = 3 * 10 + 15 + 19 + READ_BYTES;

const wireMs = (bytes: number) => (bytes * BITS_OF_BYTE * 1000) / BAUD;
const clock = () => performance.timeOrigin + performance.now();

/** A wire of this speed in front of the reader, which notes when it was asked for a card. */
function createTimedWire() {
  let freeAt = 0;
  let card = false;
  let foundAt: number | null = null;
  const find = encodeCommand('findCard').join();
  return {
    /** The next look for a card is the one that finds it. */
    lay: (): void => {
      [card, foundAt] = [true, null];
    },
    foundAt: (): number | null => foundAt,
    between: (line: FarEnd): FarEnd => ({
      send(bytes) {
        for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
          const piece = bytes.slice(at, at + PIECE_BYTES);
          freeAt = Math.max(clock(), freeAt) + wireMs(piece.length);
          setTimeout(() => line.send(piece), freeAt - clock());
        }
        return true;
      },
      onBytes(listener) {
        line.onBytes((bytes) => {
          if (card && foundAt === null && bytes.join() === find) foundAt = clock() - wireMs(bytes.length);
          setTimeout(() => listener(bytes), wireMs(bytes.length));
        });
      },
    }),
  };
}

/** Notes in the page when a borrower's name was painted: the frame after the one in which the document had it. */
async function watchNames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: { paintedAt: number | null } = { paintedAt: null };
    Object.assign(globalThis, { seen });
    new MutationObserver(() => {
      if (document.querySelector('.borrower__name') === null) {
        seen.paintedAt = null;
        return;
      }
      requestAnimationFrame(() =>
        setTimeout(() => {
          seen.paintedAt ??= performance.timeOrigin + performance.now();
        }),
      );
    }).observe(document.body, { childList: true, subtree: true });
  });
}

/** From the command that finds the card to the borrower's name painted in Chromium, at the speed of a real wire. */
export async function run(): Promise<void> {
  const folder = join(import.meta.dirname, '../../out/bench-card');
  rmSync(folder, { recursive: true, force: true });
  const wire = createTimedWire();
  const browser = await launchChromium();
  const world = await startWorld({
    folder,
    terminals: 1,
    fixedPorts: false,
    cardReaderWire: wire.between,
    log: (text) => console.error(text),
  });
  const times: number[] = [];
  try {
    const [terminal] = world.terminals;
    if (terminal === undefined) throw new Error('no terminal');
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(await terminal.newLink());
    const idle = page.getByRole('heading', { name: kioskMessages['idle.title'].zh });
    await idle.waitFor();
    await watchNames(page);
    for (const [index, { card }] of world.residents.slice(0, CARDS + WARM_UP).entries()) {
      wire.lay();
      terminal.cardReader.placeCard(card);
      const painted = await page.waitForFunction(
        () => (globalThis as unknown as { seen: { paintedAt: number | null } }).seen.paintedAt,
        undefined,
        { polling: 5 },
      );
      const took = Number(await painted.jsonValue()) - (wire.foundAt() ?? Number.NaN);
      if (index >= WARM_UP) times.push(took);
      terminal.cardReader.liftCard();
      // Two looks without a card, and the first moment of a sheet, in which a tap is not heard.
      await page.waitForTimeout(1_000);
      await page.getByRole('button', { name: kioskMessages['borrow.doneEmpty'].zh }).click();
      await idle.waitFor();
    }
  } finally {
    await world.close();
    await browser.close();
  }
  for (const [name, q] of [
    ['p50', 0.5],
    ['p95', 0.95],
  ] as const) {
    const value = quantile(times, q);
    printMeasure({
      metric: `card ${name}`,
      value,
      unit: 'ms',
      reference: { name: `wire, ${READ_BYTES} bytes of the reading`, value: wireMs(READ_BYTES) },
    });
    printMeasure({
      metric: `card ${name}`,
      value,
      unit: 'ms',
      reference: { name: `wire, all ${ALL_BYTES} bytes`, value: wireMs(ALL_BYTES) },
    });
  }
}
