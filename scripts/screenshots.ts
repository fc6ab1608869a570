/**
 * `npm run screenshots [-- PAGE [SCREEN]]`: builds the pages, takes a picture of every screen in every language, mode and
 * shape into out/screenshots/, and fails on cut-off text, lists that go on without saying so, lonely words, a footer that
 * changes its height, small touch targets and serious accessibility findings.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { consoleShots } from './screenshots/console.ts';
import { dockShots } from './screenshots/dock.ts';
import { indexPage } from './screenshots/index-page.ts';
import { kioskShots } from './screenshots/kiosk.ts';
import type { Shot, ShotPage } from './screenshots/page-shots.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'out/screenshots');
const PAGES: readonly ShotPage[] = [kioskShots, consoleShots, dockShots];

const [onlyPage, onlyScreen = ''] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--disable-gpu',
    '--hide-scrollbars',
    '--force-color-profile=srgb',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
});
const shots: (Shot & { page: string })[] = [];
try {
  for (const { name, capture } of PAGES) {
    if (onlyPage !== undefined && onlyPage !== name) continue;
    // A build of its own: whoever builds dist/ in the meantime does not change what is pictured.
    const pageDir = join(ROOT, 'out/screenshots-build', name);
    await build({
      configFile: join(ROOT, 'renderer/vite.config.ts'),
      mode: name,
      logLevel: 'warn',
      build: { outDir: pageDir },
    });
    const folder = join(OUT, name);
    mkdirSync(folder, { recursive: true });
    await capture({
      browser,
      folder,
      pageDir,
      only: onlyScreen,
      onShot(shot) {
        shots.push({ ...shot, page: name });
        console.log(`${shot.faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}/${shot.file}`);
        for (const fault of shot.faults) console.log(`     ${fault}`);
      },
    });
  }
} finally {
  await browser.close();
}
writeFileSync(join(OUT, 'index.html'), indexPage(shots));
const bad = shots.filter(({ faults }) => faults.length > 0).length;
console.log(`${shots.length} pictures, ${bad} with faults; see ${join(OUT, 'index.html')}`);
process.exitCode = shots.length > 0 && bad === 0 ? 0 : 1;
