import { spawn } from 'node:child_process';

/** Opens addresses in the desktop's own browser where there is a display; elsewhere the printed addresses are enough. */
export function openInBrowser(urls: readonly string[], env: NodeJS.ProcessEnv): void {
  if (env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined) return;
  for (const url of urls) {
    const opener = spawn('xdg-open', [url], { stdio: 'ignore', detached: true });
    opener.once('error', () => console.error(`[demo] no browser could be opened; go to ${url} yourself`));
    opener.unref();
  }
}
