import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { createRandom } from '../sim/random.ts';
import { check } from './checks.ts';
import { growthOfMemory, growthOfTime } from './growth.ts';
import { formatInput, makeInput } from './inputs.ts';
import { SHARED } from './run.ts';
import type { Finding, Target } from './target.ts';

/** One target for so long. What it is at is written into `shared` first, so that a hang can be told what it hangs on. */
const { module, name, seed, ms, shared } = z
  .object({
    module: z.url(),
    name: z.string(),
    seed: z.int(),
    ms: z.number(),
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
const heapBytes = () => {
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
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
while (performance.now() < until) {
  for (let batch = 0; batch < BATCH; batch += 1) {
    const input = makeInput(random, target);
    const said = Buffer.from(formatInput(input)).subarray(0, current.length);
    current.set(said);
    length[0] = said.length;
    Atomics.add(turn, 0, 1);
    keep(check(target, input));
    inputs += 1;
  }
}
length[0] = 0;
const growths = [
  () => growthOfTime(target, random, () => performance.now()),
  () => growthOfMemory(target, random, heapBytes),
];
for (const growth of growths) {
  Atomics.add(turn, 0, 1);
  try {
    keep(growth());
  } catch (error) {
    keep({ target: name, what: 'throws', detail: `${String(error)}, on long noise`, input: null });
  }
}
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has none
parentPort.postMessage({ inputs, findings: [...findings.values()] });
