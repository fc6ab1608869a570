/**
 * Browser shell: the terminal core in plain Node, its page served on loopback to a system Chromium. For machines with no
 * Electron binary: thin terminals, development, CI.
 *
 *   node electron/browser.ts --data DIR [--port N] [--page DIR] [--window kiosk|none] [--chromium PATH]
 *                            [--enrol CODE --server URL]
 *
 * Reads DIR/settings.json (core/settings.ts), keeps DIR/terminal-key.json and DIR/terminal.sqlite, logs JSON lines to stderr, and prints
 * `{"ready":true,"url":...}` when the page can be opened; the url lets in one page, once. A parent process with an IPC
 * channel gets another by sending `{"ask":"link"}`. SIGTERM ends it in order.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Conf from 'conf';
import { pino } from 'pino';
import { z } from 'zod';
import { createKioskRouter } from './core/kiosk-router.ts';
import { createKeyStore } from './core/identity/key-store.ts';
import { startTerminal } from './core/start.ts';
import { openWindow } from './shell/chromium.ts';
import { createPageServer } from './shell/page-server.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    page: { type: 'string', default: join(import.meta.dirname, '../dist/kiosk') },
    window: { type: 'string', default: 'kiosk' },
    chromium: { type: 'string', default: 'chromium' },
    enrol: { type: 'string' },
    server: { type: 'string' },
  },
});

const lines = pino.destination({ fd: 2, sync: true });
// A full disk under the log is no reason to end.
lines.on('error', () => {});
const log = pino({ base: null }, lines);

async function main(): Promise<void> {
  if (values.data === undefined) throw new Error('--data DIR is missing');
  const data = values.data;
  const { enrol: code, server: serverUrl } = values;
  const started = await startTerminal({
    file: new Conf({ cwd: data, configName: 'settings', configFileMode: 0o600 }),
    folder: data,
    keys: createKeyStore(join(data, 'terminal-key.json')),
    enrolment: code === undefined || serverUrl === undefined ? null : { code, serverUrl },
    log,
  });
  if (!started.ok) throw new Error(`${data}: ${started.error}`);
  const { terminal, name } = started.value;
  const page = await createPageServer({
    pageDir: values.page,
    router: createKioskRouter(terminal.kiosk, terminal.content),
    content: terminal.content,
    port: Number(values.port),
    terminal: name,
  });
  const window =
    values.window === 'kiosk'
      ? openWindow({ chromium: values.chromium, profileDir: join(data, 'chromium'), page, log })
      : null;

  const askSchema = z.object({ ask: z.literal('link') });
  process.on('message', (message) => {
    if (askSchema.safeParse(message).success) process.send?.({ link: page.newLink() });
  });

  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    window?.close();
    await page.close();
    await terminal.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());
  // The parent is gone: a terminal that nobody can stop any more stops itself.
  process.on('disconnect', () => void end());

  process.stdout.write(`${JSON.stringify({ ready: true, url: page.newLink() })}\n`);
}

try {
  await main();
} catch (error) {
  log.fatal({ err: error }, 'the terminal could not start');
  process.exitCode = 1;
}
