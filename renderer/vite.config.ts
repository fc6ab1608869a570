import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * One build a page: `vite build --config renderer/vite.config.ts --mode kiosk` writes `dist/kiosk/` from
 * `renderer/kiosk/index.html`.
 *
 * Made for the pages' Content-Security-Policy (everything from 'self'): no inline script, no eval, no data: address, and
 * relative addresses, so that a page works under any path and under Electron's own scheme.
 */
export default defineConfig(({ mode }) => ({
  root: `${import.meta.dirname}/${mode}`,
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: `${import.meta.dirname}/../dist/${mode}`,
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2048,
  },
}));
