import { pick } from './seeded.ts';

export type Victim = 'terminal' | 'server' | 'postmaster';

export interface PlannedKill {
  readonly victim: Victim;
  /** Load before the kill, milliseconds. */
  readonly afterMs: number;
}

const SHORTEST_MS = 300;
const LONGEST_MS = 1500;
/** Kills of the database's own process on top, one for so many others. */
const OTHERS_PER_POSTMASTER = 20;

function shuffled<T>(things: readonly T[], random: () => number): T[] {
  return things
    .map((thing) => ({ thing, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ thing }) => thing);
}

/**
 * Whom to kill and when: `times` kills, spread evenly over the victims in an order that the seed decides. Where there is a
 * postmaster some more are his.
 */
export function planKills(
  times: number,
  victims: readonly Exclude<Victim, 'postmaster'>[],
  withPostmaster: boolean,
  random: () => number,
): PlannedKill[] {
  const even = Array.from({ length: times }, (_, index) => victims[index % victims.length] ?? 'terminal');
  const postmasters = withPostmaster ? Math.ceil(times / OTHERS_PER_POSTMASTER) : 0;
  const all: Victim[] = [...even, ...Array.from({ length: postmasters }, () => 'postmaster' as const)];
  return shuffled(all, random).map((victim) => ({
    victim,
    afterMs: SHORTEST_MS + pick(random, LONGEST_MS - SHORTEST_MS),
  }));
}
