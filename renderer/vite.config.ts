import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const project = join(here, '..');

/** Folders of renderer/ that are a page: `index.html` and `main.tsx`. */
export const PAGES: readonly string[] = readdirSync(here).filter((name) => existsSync(join(here, name, 'index.html')));

/**
 * One build a page: `vite build --config renderer/vite.config.ts --mode kiosk` writes `dist/kiosk/`.
 *
 * Made for the pages' Content-Security-Policy (`default-src 'self'`): no inline script, no style written by a script, no
 * eval, no data: address, and relative addresses so that a page works under any path and under Electron's own scheme.
 */
export default defineConfig(({ mode }) => {
  if (!PAGES.includes(mode)) throw new Error(`--mode must be one of the pages: ${PAGES.join(', ')}`);
  return {
    root: join(here, mode),
    base: './',
    publicDir: false,
    plugins: [react()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: join(project, 'dist', mode),
      emptyOutDir: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2048,
    },
  };
});
