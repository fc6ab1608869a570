import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { MUTANTS } from '../../sim/mutants.ts';
import { planOf } from '../../sim/plan.ts';
import { runSeed } from '../../sim/run.ts';

const SIM = join(import.meta.dirname, '../../sim');
const ROOT = join(SIM, '../..');

// A sample of `npm run sim`: other seeds than there, few enough for every run of the tests.
test('160 worlds come out well, twice the same', async () => {
  const seen: Record<string, number> = {};
  for (let seed = 1_000_000; seed < 1_000_160; seed += 1) {
    const { failure, tally } = await runSeed(seed);
    expect(failure === null ? null : { failure, plan: planOf(seed) }).toBeNull();
    for (const [what, times] of Object.entries(tally)) seen[what] = (seen[what] ?? 0) + times;
  }
  // A world in which nothing goes wrong proves nothing.
  const troubles = ['server restored', 'terminal restored', 'terminal crash', 'fork', 'doubted', 'joined', 'undone'];
  expect(troubles.filter((trouble) => (seen[trouble] ?? 0) === 0)).toEqual([]);
});

// Two lives of one disk gave the same clock reading: only the writers' names, one the beginning of the other, tell the
// order, and the model had them the wrong way round.
test('the world of seed 6827 comes out well', async () => {
  expect((await runSeed(6827)).failure).toBeNull();
});

test.each(MUTANTS)('the place of the planted bug "$name" is there exactly once', async ({ file, find }) => {
  expect((await readFile(join(ROOT, file), 'utf8')).split(find)).toHaveLength(2);
});

test.each([
  'a terminal folds in the order of arrival',
  'a page is stored and the head of its chain is not',
  'a snapshot holds everything',
])('the planted bug "%s" is found', async (mutant) => {
  const args = ['--import', join(SIM, 'plant.ts'), join(SIM, 'worker.ts'), '1', '200'];
  const env = { ...process.env, SIM_MUTANT: mutant, SIM_STOP: '1' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { failures: number };
  expect(last.failures).toBe(1);
});
