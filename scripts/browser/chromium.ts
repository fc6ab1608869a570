import { type Browser, chromium } from 'playwright';

/** Debian's Chromium; Playwright's own browsers can't be fetched on build machines. */
export const CHROMIUM = '/usr/bin/chromium';

/**
 * Without these Chromium looks up its maker's hosts at every start. Root has no sandbox in Chromium; that is for tests and
 * pictures only, the product never runs so.
 */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** A headless system Chromium for benches, screenshots and tests. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
}
