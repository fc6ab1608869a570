/**
 * `worker.ts FROM COUNT`: lives through so many seeds from FROM on. Prints a JSON line for the first failures and
 * one at the end with counts; with SIM_STOP=1 it ends at the first failure.
 */
import { planOf } from './plan.ts';
import { runSeed, shrink } from './run.ts';
import type { Tally } from './world.ts';

/** Failures that are cut down and shown; the rest are counted. */
const SHOWN = 3;

const [from = 1, count = 1] = process.argv.slice(2).map(Number);
const stop = process.env['SIM_STOP'] === '1';
const tally: Tally = {};
let failures = 0;
let seeds = 0;
for (let seed = from; seed < from + count; seed += 1) {
  seeds += 1;
  const outcome = await runSeed(seed);
  for (const [what, times] of Object.entries(outcome.tally)) tally[what] = (tally[what] ?? 0) + times;
  if (seeds % 100 === 0) process.stdout.write(`${JSON.stringify({ progress: 100 })}\n`);
  if (outcome.failure === null) continue;
  failures += 1;
  if (stop) break;
  if (failures <= SHOWN) {
    const { plan, failure } = await shrink(planOf(seed), outcome.failure);
    process.stdout.write(`${JSON.stringify({ seed, failure, plan })}\n`);
  }
}
process.stdout.write(`${JSON.stringify({ seeds, failures, tally })}\n`);
