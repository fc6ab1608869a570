import { createRandom, type Random } from './random.ts';

/** What can happen to one request on its way. */
export const REQUEST_FAULTS = [
  'none',
  'lost',
  'answer-lost',
  'twice',
  'cut',
  'busy',
  'again-later',
  'meanwhile',
] as const;
export type RequestFault = (typeof REQUEST_FAULTS)[number];

/** One thing that happens in a world. Plain data, so that a failing world can be cut down to what matters. */
export type Step =
  /** A person at a terminal: facts about an item or a supply. */
  | { readonly kind: 'lend' | 'return'; readonly at: number; readonly item: number; readonly borrower: number }
  | {
      readonly kind: 'take' | 'refill' | 'note' | 'register' | 'renew' | 'count' | 'lose' | 'move';
      readonly at: number;
      readonly item: number;
    }
  /** Takes back one of the events of an item that the terminal knows. */
  | { readonly kind: 'undo'; readonly at: number; readonly item: number; readonly which: number }
  /** Several facts in one transaction. */
  | { readonly kind: 'batch'; readonly at: number; readonly items: readonly number[] }
  /** An exchange of a terminal with the server; request by request what goes wrong with it. */
  | { readonly kind: 'sync'; readonly at: number; readonly faults: readonly RequestFault[] }
  /** The next `writes` writes succeed, then the process dies; it is started again at once. */
  | { readonly kind: 'crash'; readonly at: number; readonly writes: number }
  | { readonly kind: 'server-crash'; readonly writes: number }
  | { readonly kind: 'restart'; readonly at: number }
  /** A copy of the disk is put aside; a later `restore` goes back to it, `clone` lets another machine start from it. */
  | { readonly kind: 'copy' | 'restore'; readonly at: number }
  | { readonly kind: 'clone'; readonly at: number }
  | { readonly kind: 'server-backup' }
  /** The backup is put back, and the admin works before any terminal calls. */
  | { readonly kind: 'server-restore'; readonly work: number }
  /** A terminal's wall clock jumps or drifts. */
  | { readonly kind: 'clock'; readonly at: number; readonly by: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'admin'; readonly item: number }
  | { readonly kind: 'let-in' }
  /** A terminal that was not there before. */
  | { readonly kind: 'join' };

export interface Plan {
  readonly seed: number;
  /** Terminals at the start. */
  readonly terminals: number;
  readonly items: number;
  readonly steps: readonly Step[];
}

/** In one world, those that join later included. */
export const MOST_TERMINALS = 12;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How a world goes: what kinds of trouble it has. */
interface Mood {
  readonly network: number;
  readonly crashes: number;
  readonly disks: number;
  readonly server: number;
  readonly clocks: number;
  /** How seldom a terminal syncs. */
  readonly offline: number;
}

function moodOf(random: Random): Mood {
  const some = () => (random.chance(0.35) ? 0 : random.unit());
  return { network: some(), crashes: some(), disks: some(), server: some(), clocks: some(), offline: random.unit() };
}

function faultsOf(random: Random, mood: Mood): RequestFault[] {
  const faults: RequestFault[] = [];
  const length = random.between(1, 8);
  for (let place = 0; place < length; place += 1) {
    faults.push(random.chance(mood.network * 0.6) ? random.pick(REQUEST_FAULTS) : 'none');
  }
  return faults;
}

function clockJump(random: Random): number {
  const sizes = [20_000, 5 * MINUTE, 3 * HOUR, 23 * HOUR, 26 * HOUR, 40 * DAY, 3650 * DAY];
  return random.pick(sizes) * (random.chance(0.5) ? 1 : -1);
}

function pause(random: Random): number {
  return random.pick([100, 1000, MINUTE, HOUR, 11 * HOUR, 3 * DAY, 21 * DAY]);
}

function stepOf(random: Random, mood: Mood, terminals: number, items: number): Step {
  const at = random.between(0, terminals - 1);
  const item = random.between(1, items);
  const kind = random.weighted({
    lend: 10,
    return: 9,
    take: 3,
    refill: 0.5,
    note: 1,
    register: 1,
    renew: 1,
    count: 1,
    lose: 0.5,
    move: 0.5,
    undo: 2,
    batch: 2,
    sync: 16 * (1.2 - mood.offline),
    pass: 4,
    admin: 1.5,
    crash: 4 * mood.crashes,
    'server-crash': 1.5 * mood.crashes,
    restart: 1.5 * mood.crashes,
    copy: 4 * mood.disks,
    restore: 3 * mood.disks,
    clone: 0.8 * mood.disks,
    'server-backup': 4 * mood.server,
    'server-restore': 3 * mood.server,
    clock: 3 * mood.clocks,
    'let-in': 2 * mood.clocks,
    join: 0.6,
  });
  switch (kind) {
    case 'lend':
    case 'return':
      return { kind, at, item, borrower: random.between(1, 3) };
    case 'take':
    case 'refill':
    case 'note':
    case 'register':
    case 'renew':
    case 'count':
    case 'lose':
    case 'move':
      return { kind, at, item };
    case 'undo':
      return { kind, at, item, which: random.between(0, 9) };
    case 'batch':
      return { kind, at, items: Array.from({ length: random.between(2, 12) }, () => random.between(1, items)) };
    case 'sync':
      return { kind, at, faults: faultsOf(random, mood) };
    case 'crash':
      return { kind, at, writes: random.between(0, 12) };
    case 'server-crash':
      return { kind, writes: random.between(0, 8) };
    case 'clock':
      return { kind, at, by: clockJump(random) };
    case 'pass':
      return { kind, ms: pause(random) };
    case 'admin':
      return { kind, item };
    case 'server-restore':
      return { kind, work: random.chance(0.5) ? 0 : random.between(1, 6) };
    case 'server-backup':
    case 'let-in':
    case 'join':
      return { kind };
    default:
      return { kind, at };
  }
}

/**
 * A server put back from a backup of an hour ago that has written again before anybody calls, while the terminals had
 * nothing to send since: only what stands at their place in its log can tell them. Chance alone hardly ever gets there.
 */
function lostHour(random: Random, terminals: number, items: number): Step[] {
  const callers = Array.from({ length: terminals }, (_, at): Step => ({ kind: 'sync', at, faults: [] }));
  const lost = Array.from({ length: random.between(1, 3) }, (): Step => ({
    kind: 'admin',
    item: random.between(1, items),
  }));
  const heard = callers.filter(() => random.chance(0.7));
  return [
    ...callers,
    { kind: 'server-backup' },
    ...lost,
    ...heard,
    { kind: 'server-restore', work: random.between(0, 6) },
  ];
}

/** How many terminals there are after these steps: the world lets no more than 12 in. */
function terminalsAfter(terminals: number, steps: readonly Step[]): number {
  return Math.min(MOST_TERMINALS, terminals + steps.filter(({ kind }) => kind === 'join' || kind === 'clone').length);
}

/** A new terminal at which people lend and return while it is still reading its first snapshot, page by page. */
function firstHour(random: Random, terminals: number, items: number): Step[] {
  if (terminals >= MOST_TERMINALS) return [];
  const at = terminals;
  const busy = Array.from({ length: random.between(2, 6) }, (): Step => {
    const kind = random.chance(0.7) ? 'lend' : 'return';
    return { kind, at, item: random.between(1, items), borrower: random.between(1, 3) };
  });
  const faults = busy.map((): RequestFault => (random.chance(0.8) ? 'meanwhile' : 'none'));
  return [{ kind: 'join' }, { kind: 'sync', at, faults: ['none', ...faults] }, ...busy];
}

/** The world of a seed. */
export function planOf(seed: number): Plan {
  const random = createRandom(seed);
  const mood = moodOf(random);
  const terminals = random.chance(0.1) ? random.between(5, 12) : random.between(1, 4);
  const items = random.between(1, 5);
  const steps = Array.from({ length: random.between(8, 45) }, () => stepOf(random, mood, terminals, items));
  const end = random.chance(mood.server * 0.3) ? lostHour(random, terminals, items) : [];
  const joined = random.chance(0.1) ? firstHour(random, terminalsAfter(terminals, steps), items) : [];
  return { seed, terminals, items, steps: [...steps, ...joined, ...end] };
}
