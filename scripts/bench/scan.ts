import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type Page } from 'playwright';
import { SerialPort } from 'serialport';
import { WebSocketServer } from 'ws';
import { createPseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import { createScannerEmulator } from '#hardware/emulator/scanner.ts';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { launchChromium } from '../browser/chromium.ts';
import { startWorld } from '../demo/world.ts';
import { printMeasure, quantile } from './measure.ts';

const SCANS = 60;
const WARM_UP = 8;
const BETWEEN_MS = 120;
/** What a person does not feel as waiting: the target of measures.md for p95. */
const TARGET_MS = 50;

/** Milliseconds since 1970 with fractions, comparable between this process and the page: the machine has one clock. */
const clock = () => performance.timeOrigin + performance.now();

/** Notes in the page when a text was first painted: the frame after the one in which the document had it. */
async function watchPaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    const painted: Record<string, number> = {};
    Object.assign(globalThis, { painted });
    new MutationObserver(() => {
      const text = document.body.innerText;
      requestAnimationFrame(() =>
        setTimeout(() => {
          const now = performance.timeOrigin + performance.now();
          for (const [label] of text.matchAll(/HF-\d{6}/g)) painted[label] ??= now;
        }),
      );
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

async function paintedAt(page: Page, label: string): Promise<number> {
  const handle = await page.waitForFunction(
    (wanted) => (globalThis as unknown as { painted: Record<string, number> }).painted[wanted],
    label,
    { polling: 5 },
  );
  return Number(await handle.jsonValue());
}

/** Last byte written to the pseudo-terminal -> painted, for each label in turn. */
async function timeScans(page: Page, scan: (label: string) => void, labels: readonly string[]): Promise<number[]> {
  await watchPaints(page);
  const times: number[] = [];
  for (const [index, label] of labels.entries()) {
    const started = clock();
    scan(label);
    const painted = await paintedAt(page, label.slice(0, 9));
    if (index >= WARM_UP) times.push(painted - started);
    await sleep(BETWEEN_MS);
  }
  return times;
}

/** The whole product: driver, core, SQLite, bridge, React. */
async function product(browser: Browser): Promise<number[]> {
  const folder = join(import.meta.dirname, '../../out/bench-scan');
  rmSync(folder, { recursive: true, force: true });
  const world = await startWorld({ folder, terminals: 1, fixedPorts: false, log: (text) => console.error(text) });
  try {
    const [terminal] = world.terminals;
    if (terminal === undefined) throw new Error('no terminal');
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(await terminal.newLink());
    await page.getByRole('heading', { name: kioskMessages['idle.title'].zh }).waitFor();
    const labels = world.items.slice(0, SCANS + WARM_UP).map((item) => item.label);
    return await timeScans(page, (label) => terminal.scanner.scan(label), labels);
  } finally {
    await world.close();
  }
}

/** The same bytes over the same kind of line with nothing in between: serialport -> WebSocket -> one text node. */
async function bare(browser: Browser): Promise<number[]> {
  const path = join(import.meta.dirname, '../../out/bench-scan/tty-bare');
  const line = createPseudoTerminal({ path });
  await line.plug();
  const http = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<body></body><script>
      new WebSocket('ws://' + location.host).onmessage = (message) => document.body.append(message.data + ' ');
    </script>`);
  });
  const sockets = new WebSocketServer({ server: http });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = new SerialPort({ path, baudRate: 9600 });
  port.on('data', (chunk: Buffer) => {
    for (const client of sockets.clients) client.send(chunk.toString('latin1'));
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`);
    const scanner = createScannerEmulator({ line });
    const labels = Array.from({ length: SCANS + WARM_UP }, (_, n) => `HF-${String(n + 1).padStart(6, '0')}-A`);
    return await timeScans(page, (label) => scanner.scan(label), labels);
  } finally {
    await new Promise((resolve) => port.close(resolve));
    sockets.close();
    http.close();
    await line.unplug();
  }
}

/** From the last byte on a real pseudo-terminal to the item painted in Chromium. */
export async function run(): Promise<void> {
  const browser = await launchChromium();
  try {
    const times = await product(browser);
    const reference = await bare(browser);
    for (const [name, q] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const) {
      const value = quantile(times, q);
      printMeasure({ metric: `scan ${name}`, value, unit: 'ms', reference: { name: 'target p95', value: TARGET_MS } });
      printMeasure({
        metric: `scan ${name}`,
        value,
        unit: 'ms',
        reference: { name: `bare pty -> socket -> text ${name}`, value: quantile(reference, q) },
      });
    }
  } finally {
    await browser.close();
  }
}
