import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { createRandom } from '../sim/random.ts';
import { check } from './checks.ts';
import { growthOfMemory, growthOfTime, patterns } from './growth.ts';
import { formatInput, makeInput, parseInput } from './inputs.ts';
import { SHARED } from './run.ts';
import type { Finding, FuzzInput, Target } from './target.ts';

/** One target for so long or so many inputs, or one input of it. What it is at is written into `shared` first, so that a hang can be told what it hangs on. */
const { module, name, seed, ms, most, again, shared } = z
  .object({
    module: z.url(),
    name: z.string(),
    seed: z.int(),
    ms: z.number(),
    most: z.int(),
    /** This input and no other. */
    again: z.string().nullable(),
    shared: z.instanceof(SharedArrayBuffer),
  })
  .parse(workerData);
const { TARGETS }: { TARGETS: readonly Target[] } = await import(module);
const target = TARGETS.find((known) => known.name === name);
if (target === undefined || parentPort === null) throw new Error(`no target ${name}`);

const turn = new Int32Array(shared, SHARED.turnAt, 1);
const length = new Int32Array(shared, SHARED.lengthAt, 1);
const current = new Uint8Array(shared, SHARED.inputAt);
setFlagsFromString('--expose-gc');
const keptBytes = () => {
  runInNewContext('gc()');
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Between two looks at the clock. */
const BATCH = 50;
const random = createRandom(seed);
const until = performance.now() + ms;
const findings = new Map<string, Finding>();
const keep = (finding: Finding | null) => {
  // One of a kind is enough to be mended.
  if (finding !== null && !findings.has(finding.what)) findings.set(finding.what, finding);
};
let inputs = 0;
const begin = (text: string) => {
  const said = Buffer.from(text).subarray(0, current.length);
  current.set(said);
  length[0] = said.length;
  Atomics.add(turn, 0, 1);
};
const tryOne = (input: FuzzInput) => {
  begin(formatInput(input));
  keep(check(target, input));
  inputs += 1;
};
if (again !== null) tryOne(parseInput(again));
while (again === null && inputs < most && performance.now() < until) {
  for (let batch = 0; batch < BATCH && inputs < most; batch += 1) tryOne(makeInput(random, target));
}
const tried = again === null ? patterns(target, random) : [parseInput(again).bytes].filter(({ length: n }) => n > 0);
const growths = [
  () => growthOfTime(target, tried, () => performance.now(), begin),
  () => (tried.length === 0 ? null : growthOfMemory(target, tried, keptBytes, random)),
];
for (const growth of growths) {
  begin('');
  try {
    keep(growth());
  } catch (error) {
    keep({ target: name, what: 'throws', detail: `${String(error)}, on long noise`, input: null });
  }
}
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has none
parentPort.postMessage({ inputs, findings: [...findings.values()] });
