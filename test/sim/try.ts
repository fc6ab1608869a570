import { runSeed, shrink } from '/tmp/engine/test/sim/run.ts';
import { planOf } from '/tmp/engine/test/sim/plan.ts';
const [from, n] = process.argv.slice(2).map(Number);
let fails = 0; const tally: Record<string, number> = {}; const t0 = performance.now();
for (let seed = from; seed < from + n; seed++) {
  const o = await runSeed(seed);
  for (const [k, v] of Object.entries(o.tally)) tally[k] = (tally[k] ?? 0) + v;
  if (o.failure) { fails++; if (fails <= Number(process.argv[4] ?? 1)) { console.log(seed, o.failure); const s = await shrink(planOf(seed), o.failure); console.log(JSON.stringify(s.plan), s.failure); } }
}
console.log({ fails, perSeed: (performance.now() - t0) / n, tally });
