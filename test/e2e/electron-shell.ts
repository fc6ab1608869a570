import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Station } from '../../scripts/demo/station.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where electron's own installer puts its binary. Build machines can't fetch it. */
const BINARY = join(ROOT, 'node_modules/electron/dist/electron');

/** Null where the Electron suite can run, else why not, in one plain line. */
export function electronMissing(): string | null {
  if (!existsSync(BINARY)) return 'skipped: no Electron binary';
  if (!existsSync(join(ROOT, 'dist/electron/main.js'))) return 'skipped: not built, run npm run build:electron';
  return null;
}

/**
 * The same station in the Electron shell: its browser shell is ended in order, and Electron goes on with the same
 * settings, database and devices.
 */
export async function openInElectron(station: Station): Promise<{ app: ElectronApplication; page: Page }> {
  await station.stop();
  const app = await _electron.launch({
    executablePath: BINARY,
    args: [join(ROOT, 'dist/electron/main.js'), `--user-data-dir=${station.folder}`],
  });
  return { app, page: await app.firstWindow() };
}
