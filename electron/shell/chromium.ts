import { spawn } from 'node:child_process';
import type { Log } from '../core/log.ts';

export interface WindowOptions {
  /** Command or path of a system Chromium. */
  readonly chromium: string;
  /** A profile of its own: nothing of another user's browser is in it. */
  readonly profileDir: string;
  readonly page: { newLink(): string };
  readonly log: Log;
}

/** A window that ended within this time did not really open. */
const SHORT_LIFE_MS = 5_000;
const RESTART_AFTER_MS = 1_000;
/** Windows in a row that did not really open, before the shell stops trying; the cause is in the log. */
const MOST_SHORT_LIVES = 5;

const FLAGS = [
  '--kiosk',
  '--no-first-run',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-translate',
  '--disable-features=Translate,MediaRouter',
  '--noerrdialogs',
];

/** The page in a system Chromium in kiosk mode, opened again when it ends. Never without Chromium's sandbox. */
export function openWindow({ chromium, profileDir, page, log }: WindowOptions): { close(): void } {
  let closed = false;
  let shortLives = 0;
  let current: ReturnType<typeof spawn> | null = null;

  function open(): void {
    if (closed) return;
    const opened = performance.now();
    const child = spawn(chromium, [...FLAGS, `--user-data-dir=${profileDir}`, `--app=${page.newLink()}`], {
      stdio: 'ignore',
    });
    current = child;
    child.once('error', (error) => log.error({ err: error }, 'no window: Chromium could not be started'));
    child.once('close', (code) => {
      if (closed) return;
      shortLives = performance.now() - opened < SHORT_LIFE_MS ? shortLives + 1 : 0;
      log.warn({ code, shortLives }, 'the window ended');
      if (shortLives < MOST_SHORT_LIVES) setTimeout(open, RESTART_AFTER_MS);
      else log.error('the window does not stay open; see the lines above');
    });
  }

  open();
  return {
    close(): void {
      closed = true;
      current?.kill();
    },
  };
}
