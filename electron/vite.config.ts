import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';
import manifest from '../package.json' with { type: 'json' };

/** Native modules and everything else from the registry stay outside the bundle: they are packed as they are. */
const external = [
  'electron',
  ...builtinModules.flatMap((name) => [name, `node:${name}`]),
  ...Object.keys(manifest.dependencies).flatMap((name) => [name, new RegExp(`^${name}/`)]),
];

/** `--mode main`: the main process as an ES module. `--mode preload`: CommonJS, as sandboxed preloads must be. */
export default defineConfig(({ mode }) => ({
  build: {
    outDir: 'dist/electron',
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    lib:
      mode === 'preload'
        ? { entry: 'electron/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' }
        : {
            // The worker is a file of its own: check-apart.ts starts it by its name.
            entry: { main: 'electron/main.ts', 'check-worker': 'electron/store/check-worker.ts' },
            formats: ['es'],
            fileName: (_format, name) => `${name}.js`,
          },
    rolldownOptions: { external },
  },
}));
