import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDockServer } from '../demo/dock-server.ts';
import { startWorld } from '../demo/world.ts';
import { LANGUAGES, type CaptureOptions, type Look, type ShotPage, shotFile } from './page-shots.ts';
import { listenForComplaints, webFaults } from './web-faults.ts';

const LOOKS: readonly Look[] = [
  { width: 1920, height: 1080 },
  { width: 360, height: 800 },
].flatMap((shape) => LANGUAGES.map((language): Look => ({ language, mode: 'normal', ...shape })));

async function captureLook(look: Look, url: string, { browser, folder, only, onShot }: CaptureOptions): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    const complaints = listenForComplaints(page);
    const zh = look.language === 'zh';
    await page.goto(url);
    const terminal = page.getByRole('region', { name: 'LD-1' });
    await terminal.waitFor();
    if (!zh) await page.getByRole('button', { name: 'English' }).click();
    const shoot = async (screen: string) => {
      if (!screen.includes(only)) return;
      await page.evaluate(() => document.fonts.ready);
      await page.mouse.move(0, 0);
      const file = shotFile(screen, look);
      await page.screenshot({ path: join(folder, file), fullPage: true });
      onShot({ screen, look, file, faults: [...(await webFaults(page)), ...complaints()] });
    };
    await shoot('ready');
    const plug = terminal.getByRole('button', { name: zh ? '插上扫码器' : 'Plug in scanner' });
    await terminal.getByRole('button', { name: zh ? '拔掉扫码器' : 'Unplug scanner' }).click();
    await plug.waitFor();
    await shoot('unplugged');
    await plug.click();
    await terminal.getByRole('button', { name: zh ? '拔掉扫码器' : 'Unplug scanner' }).waitFor();
  } finally {
    await context.close();
  }
}

/** The dock over a small demo of two terminals with their emulated devices. */
export const dockShots: ShotPage = {
  name: 'dock',
  async capture(options) {
    const folder = await mkdtemp(join(tmpdir(), 'red-sail-dock-'));
    const world = await startWorld({ folder, terminals: 2, fixedPorts: false, log: () => undefined });
    try {
      const dock = await createDockServer({ world, port: 0, pageDir: options.pageDir });
      try {
        for (const look of LOOKS) await captureLook(look, dock.origin, options);
      } finally {
        await dock.close();
      }
    } finally {
      await world.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
