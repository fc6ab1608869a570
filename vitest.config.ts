import { defineConfig } from 'vitest/config';

/** Parts of the long runs: they measure time or use every core themselves, so nothing runs beside them. */
const SAMPLES = ['test/integration/{fuzz,sim}/**/*.test.ts', 'test/integration/hardware/soak-sample.test.ts'];

const REAL_PARTS = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // How long a busy machine may take to come to what is waited for; nothing is measured by it.
  expect: { poll: { timeout: 20_000 } },
  pool: 'forks',
} as const;

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] } },
      {
        test: {
          ...REAL_PARTS,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: SAMPLES,
          // Most of them wait for processes and lines; more than two would have them wait for each other.
          maxWorkers: 2,
        },
      },
      { test: { ...REAL_PARTS, name: 'samples', include: SAMPLES, fileParallelism: false } },
    ],
  },
});
