import { type Failure, hashOf, judge } from './invariants.ts';
import { type Plan, planOf, type Step } from './plan.ts';
import { liveThrough, type Tally } from './world.ts';

export interface Outcome {
  readonly failure: Failure | null;
  readonly hash: string;
  readonly tally: Tally;
}

/** Lives through a plan once and looks at what is left. */
async function live(plan: Plan): Promise<Outcome> {
  const world = await liveThrough(plan);
  try {
    const failure = await judge(world);
    const tally = { ...world.tally, lost: world.knowledge.lost() };
    return { failure, hash: hashOf(world), tally };
  } finally {
    world.close();
  }
}

/** The world of a seed, twice: it must come out well, and the same. A bug that throws is a failure too. */
export async function runSeed(seed: number): Promise<Outcome> {
  const plan = planOf(seed);
  const first = await outcomeOf(plan);
  if (first.failure !== null) return first;
  const second = await outcomeOf(plan);
  if (second.hash === first.hash) return first;
  return { ...first, failure: { invariant: 0, what: `seed ${seed} came out differently the second time` } };
}

async function outcomeOf(plan: Plan): Promise<Outcome> {
  try {
    return await live(plan);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { failure: { invariant: 0, what }, hash: '', tally: {} };
  }
}

/** Leaves out whatever can be left out of a failing plan while it still fails in the same invariant. */
export async function shrink(plan: Plan, failure: Failure): Promise<{ plan: Plan; failure: Failure }> {
  let smallest = { plan, failure };
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < smallest.plan.steps.length;) {
      const steps: Step[] = smallest.plan.steps.toSpliced(start, size);
      const candidate = { ...smallest.plan, steps };
      const outcome = await outcomeOf(candidate);
      if (outcome.failure?.invariant === failure.invariant) smallest = { plan: candidate, failure: outcome.failure };
      else start += size;
    }
  }
  return smallest;
}
