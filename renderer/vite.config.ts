import react from '@vitejs/plugin-react';
import { cpSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

/** What pdf.js asks for by name: character maps, fonts of its standard names, and decoders in JavaScript (pdfjs-dist). */
const PDF_FILES = ['cmaps', 'standard_fonts', 'wasm/openjpeg_nowasm_fallback.js', 'wasm/jbig2_nowasm_fallback.js'];

function pdfFiles(): Plugin {
  return {
    name: 'pdf-files',
    writeBundle({ dir = '' }) {
      for (const each of PDF_FILES) {
        cpSync(`${import.meta.dirname}/../node_modules/pdfjs-dist/${each}`, `${dir}/pdfjs/${each}`, {
          recursive: true,
        });
      }
    },
  };
}

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
  plugins: mode === 'kiosk' ? [react(), pdfFiles()] : [react()],
  build: {
    outDir: `${import.meta.dirname}/../dist/${mode}`,
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2048,
  },
}));
