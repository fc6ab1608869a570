/**
 * `npm run soak -- [--minutes N] [--seed S]`: a scanner, an ID-card reader and an IC-card reader are emulated on
 * pseudo-terminals; at random they are unplugged, also in the middle of a frame, flood the line, send garbage and half
 * frames. Between that each is shown things, and the real drivers, in a process of their own, have to read every one
 * exactly once. JSON lines; exit 1 where a reading was lost or said twice, the CPU was busy, or the memory grew.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runSoak } from './soak/run.ts';

const { minutes, seed } = z
  .object({ minutes: z.coerce.number().positive(), seed: z.coerce.number().int() })
  .parse(
    parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } } })
      .values,
  );
/** Parts of a core. */
const MOST_CPU = 0.1;
/** What the second half of the run may need more than the first, at their medians. */
const MOST_GROWTH = 1.1;

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const mb = (bytes: number) => Math.round(bytes / 1e5) / 10;

const { seconds, devices, cpu, rss } = await runSoak({
  seed,
  goesOn: (_rounds, lived) => lived < minutes * 60,
  lookMs: 5_000,
});
let good = true;
for (const [device, tally] of Object.entries(devices)) {
  say({ metric: 'soak readings', device, ...tally });
  good &&= tally.lost === 0 && tally.twice === 0 && tally.valid > 0;
  // A code without a checksum may be in noise; a card's frame with one may not.
  good &&= device === 'scanner' || tally.unasked === 0;
}
say({ metric: 'soak cpu', value: Number((cpu * 100).toFixed(2)), unit: '% of a core', seconds: Math.round(seconds) });
const settled = rss.slice(Math.ceil(rss.length / 10));
const [first, second] = [median(settled.slice(0, settled.length / 2)), median(settled.slice(settled.length / 2))];
say({
  metric: 'soak memory',
  firstHalfMb: mb(first),
  secondHalfMb: mb(second),
  mostMb: mb(Math.max(...rss)),
  lastMb: mb(rss.at(-1) ?? 0),
});
good &&= cpu < MOST_CPU && second < first * MOST_GROWTH;
process.exitCode = good ? 0 : 1;
