/**
 * `npm run soak -- [--minutes N] [--seed S]`: the real drivers in a process of their own on three real pseudo-terminals and a TCP
 * line, for N minutes; the devices there are unplugged, flood, fall silent and garble at random, with a valid reading after
 * each trouble: shown whole, on a line that is up and has been quiet. One JSON line a line and a metric. Exits 1 where a
 * valid reading is lost, any is doubled, a checked device reads what was never shown, a driver does not get well, or memory grows.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runSoak } from './soak/run.ts';
import { usageFigures } from './soak/usage.ts';

const { minutes, seed } = z
  .object({ minutes: z.coerce.number().positive(), seed: z.coerce.number().int().min(0) })
  .parse(
    parseArgs({
      options: {
        minutes: { type: 'string', default: '10' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      },
    }).values,
  );

const say = (line: object) => console.log(JSON.stringify(line));
say({ soak: 'begins', minutes, seed });
const until = performance.now() + minutes * 60_000;
const { lanes, usage, exitCode } = await runSoak({
  seed,
  hurry: 1,
  sampleMs: 5_000,
  goOn: () => performance.now() < until,
});

let good = exitCode === 0;
for (const { isChecked, ...figures } of lanes) {
  const { missing, twice, stuck, neverShown } = figures;
  say({ metric: 'soak-readings', ...figures });
  good &&= figures.sent > 0 && missing.length === 0 && twice.length === 0 && stuck.length === 0;
  good &&= neverShown === 0 || !isChecked;
}
const total = (of: (lane: (typeof lanes)[number]) => number) => lanes.reduce((sum, lane) => sum + of(lane), 0);
say({
  metric: 'soak',
  minutes,
  seed,
  sent: total(({ sent }) => sent),
  delivered: total(({ delivered }) => delivered),
  twice: total(({ twice }) => twice.length),
  missing: total(({ missing }) => missing.length),
});
const { cpu, memory } = usageFigures(usage);
say({ metric: 'soak-cpu', ...cpu });
say({ metric: 'soak-memory', ...memory });
process.exitCode = good && memory.grows !== true ? 0 : 1;
