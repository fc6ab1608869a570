/**
 * `npm test [-- PART ...]`: all tests, or the parts named (unit, integration, samples, e2e, electron, kills). Ends with one line of counts that
 * a machine can read.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { electronMissing } from '../test/e2e/electron-shell.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'out');
/** Kills that every test run samples; `npm run kills` does a hundred. */
const SAMPLED_KILLS = 3;
const SAMPLED_CONTENT_KILLS = 12;

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numFailedTestSuites: z.int(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean {
  const done = spawnSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
  });
  return done.status === 0;
}

function report(file: string): unknown {
  return JSON.parse(readFileSync(join(OUT, file), 'utf8'));
}

function vitest(project: string): Counts {
  const file = `vitest-${project}.json`;
  rmSync(join(OUT, file), { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(OUT, file)}`];
  const good = run('node_modules/vitest/vitest.mjs', ['run', '--project', project, ...reporters]);
  const counts = vitestReport.parse(report(file));
  // A file that could not even be loaded has no failed test in it.
  const failed = Math.max(counts.numFailedTests, good ? 0 : 1);
  return { passed: counts.numPassedTests, failed, skipped: counts.numPendingTests };
}

/** The same tests in either shell. */
function endToEnd(shell: 'browser' | 'electron'): Counts {
  rmSync(join(OUT, 'e2e-report.json'), { force: true });
  const good = run('node_modules/@playwright/test/cli.js', ['test'], { SHELL_UNDER_TEST: shell });
  const { stats } = playwrightReport.parse(report('e2e-report.json'));
  const failed = Math.max(stats.unexpected + stats.flaky, good ? 0 : 1);
  return { passed: stats.expected, failed, skipped: stats.skipped };
}

/** Build machines can't fetch Electron's binary; what can't be run is said, and never counted as passed. */
function electron(): Counts {
  const missing = electronMissing();
  if (missing === null) return endToEnd('electron');
  console.log(`Electron shell end to end: ${missing}`);
  return { passed: 0, failed: 0, skipped: 1 };
}

function kills(): Counts {
  const runs = [
    run('scripts/kills.ts', ['--times', String(SAMPLED_KILLS)]),
    run('scripts/kills.ts', ['content', '--times', String(SAMPLED_CONTENT_KILLS)]),
  ];
  const passed = runs.filter(Boolean).length;
  return { passed, failed: runs.length - passed, skipped: 0 };
}

const PARTS: Readonly<Record<string, () => Counts>> = {
  unit: () => vitest('unit'),
  integration: () => vitest('integration'),
  samples: () => vitest('samples'),
  e2e: () => endToEnd('browser'),
  electron,
  kills,
};

const named = process.argv.slice(2);
const wrong = named.filter((part) => !Object.hasOwn(PARTS, part));
if (wrong.length > 0) {
  console.error(`no such part: ${wrong.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
mkdirSync(OUT, { recursive: true });
let total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const [part, runPart] of Object.entries(PARTS)) {
  if (named.length > 0 && !named.includes(part)) continue;
  console.log(`\n== ${part}`);
  const counts = runPart();
  total = {
    passed: total.passed + counts.passed,
    failed: total.failed + counts.failed,
    skipped: total.skipped + counts.skipped,
  };
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
