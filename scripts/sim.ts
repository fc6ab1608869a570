/**
 * `npm run sim -- --seeds N --from S [--no-mutants]`: lives through N simulated worlds from seed S on, each twice, then
 * plants every bug of test/sim/mutants.ts into the source and looks whether the simulation finds it. JSON lines: each
 * failure with its seed and the plan cut down to what matters, what happened in the worlds, and one of measures.md at
 * the end. Exit 1 where a world failed or a bug was not found.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { MUTANTS } from '../test/sim/mutants.ts';

const SIM = join(import.meta.dirname, '../test/sim');
/** A planted bug that is not found in so many seeds counts as not found. */
const MUTANT_SEEDS = 3000;
/** Thousands of databases in memory, opened and closed, leave a process larger than it began: it lives so long and no longer. */
const WORLDS_OF_A_PROCESS = 500;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    mutants: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const seeds = z.coerce.number().int().min(1).parse(values.seeds);
const from = z.coerce.number().int().min(1).parse(values.from);

const lineSchema = z.union([
  z.object({ progress: z.int() }),
  z.object({ seeds: z.int(), failures: z.int(), tally: z.record(z.string(), z.number()) }),
  z.object({ seed: z.int(), failure: z.unknown(), plan: z.unknown() }),
]);
type End = Extract<z.infer<typeof lineSchema>, { tally: unknown }>;

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

interface Run {
  readonly args: readonly [from: number, count: number];
  readonly mutant?: string;
  readonly onProgress?: (seeds: number) => void;
}

/** One worker process to its end. */
async function run({ args, mutant, onProgress }: Run): Promise<End> {
  const preload = mutant === undefined ? [] : ['--import', join(SIM, 'plant.ts')];
  const child = spawn(process.execPath, [...preload, join(SIM, 'worker.ts'), ...args.map(String)], {
    stdio: ['ignore', 'pipe', mutant === undefined ? 'inherit' : 'ignore'],
    env: { ...process.env, ...(mutant === undefined ? {} : { SIM_MUTANT: mutant, SIM_STOP: '1' }) },
  });
  let end: End | null = null;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = lineSchema.parse(JSON.parse(text));
    if ('progress' in line) onProgress?.(line.progress);
    else if ('tally' in line) end = line;
    else say(line);
  }
  if (child.exitCode === null) await once(child, 'exit');
  if (end === null) throw new Error(`a worker ended without a word${mutant === undefined ? '' : `: ${mutant}`}`);
  return end;
}

const workers = Math.max(1, availableParallelism());

/** So many jobs at a time as there are workers, each begun when another is done. */
async function inTurns<Job>(jobs: readonly Job[], work: (job: Job) => Promise<void>): Promise<void> {
  const pending = [...jobs];
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let job = pending.shift(); job !== undefined; job = pending.shift()) await work(job);
    }),
  );
}

const began = performance.now();
let lived = 0;
const onProgress = (more: number) => {
  lived += more;
  const rate = (lived / (performance.now() - began)) * 1000;
  process.stderr.write(`\r${lived} of ${seeds} seeds, ${rate.toFixed(1)} a second `);
};
const starts = Array.from({ length: Math.ceil(seeds / WORLDS_OF_A_PROCESS) }, (_, turn) => turn * WORLDS_OF_A_PROCESS);
const ends: End[] = [];
await inTurns(starts, async (start) => {
  ends.push(await run({ args: [from + start, Math.min(WORLDS_OF_A_PROCESS, seeds - start)], onProgress }));
});
process.stderr.write('\n');
const seconds = (performance.now() - began) / 1000;
const failures = ends.reduce((sum, end) => sum + end.failures, 0);
const tally: Record<string, number> = {};
for (const end of ends) {
  for (const [what, times] of Object.entries(end.tally)) tally[what] = (tally[what] ?? 0) + times;
}
say({
  metric: 'sim-worlds',
  seeds,
  seconds: Math.round(seconds),
  seedsPerSecond: Math.round((seeds / seconds) * 10) / 10,
  ...tally,
});

let caught = 0;
const mutants = values.mutants ? MUTANTS : [];
await inTurns(mutants, async ({ name }) => {
  const end = await run({ args: [1, MUTANT_SEEDS], mutant: name });
  if (end.failures > 0) caught += 1;
  say({ mutant: name, found: end.failures > 0, seeds: end.seeds });
});
say({
  metric: 'sim',
  seeds,
  failures,
  mutants: mutants.length,
  mutantsCaught: caught,
  events: (tally['events'] ?? 0) + (tally['admin events'] ?? 0),
  seconds: Math.round((performance.now() - began) / 1000),
});
process.exitCode = failures === 0 && caught === mutants.length ? 0 : 1;
