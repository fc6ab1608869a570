import type { Drivers } from './drivers.ts';
import type { Player } from './lanes.ts';

export interface Tally {
  /** Shown whole on a line that was up and quiet, and not damaged: each must be read exactly once. */
  readonly valid: string[];
  /** Shown in the middle of trouble: may be read once or not at all. */
  readonly doubtful: Set<string>;
  readonly troubles: Record<string, number>;
  /** A condition or a reading that never came. */
  readonly stuck: string[];
}

export interface LiveOptions {
  readonly player: Player;
  readonly drivers: Drivers;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** Whether another round is wanted. */
  readonly goOn: (round: number) => boolean;
}

const TROUBLES = ['unplug', 'unplugged', 'half', 'stuck', 'flood', 'noisy', 'flipping', 'wrong-baud', 'none'] as const;

/** Longer than any pause by which a parser ends half a frame. */
const QUIET_MS = 600;
const LOOK_MS = 10;
/** Far more than any wait of a driver. */
const PATIENCE_LOOKS = 4_000;
const LEAST_FLOOD = 16_384;
const MOST_FLOOD = 262_144;

/** One device through round after round of trouble, with a valid reading after each. */
export async function live({ player, drivers, sleep, random, goOn }: LiveOptions): Promise<Tally> {
  const { lane, wire } = player;
  const conditions = drivers.conditions[lane];
  const tally: Tally = { valid: [], doubtful: new Set(), troubles: {}, stuck: [] };
  let shown = 0;

  const pick = <Value>(list: readonly [Value, ...Value[]] | readonly Value[], or: Value): Value =>
    list[Math.floor(random() * list.length)] ?? or;

  async function waitFor(look: () => boolean, what: string): Promise<void> {
    for (let looks = 0; !look(); looks += 1) {
      if (drivers.hasEnded() || looks > PATIENCE_LOOKS) {
        tally.stuck.push(`${lane}: ${what}`);
        return;
      }
      await sleep(LOOK_MS);
    }
  }
  const becomes = (condition: string, since: number) =>
    waitFor(() => conditions.slice(since).some((one) => one === condition), condition);
  const isReady = () => waitFor(() => conditions.at(-1) === 'ready', 'ready again');

  function showDoubtful(): void {
    shown += 1;
    tally.doubtful.add(player.show(shown));
  }

  async function trouble(kind: (typeof TROUBLES)[number]): Promise<void> {
    const since = conditions.length;
    switch (kind) {
      case 'none':
        return;
      case 'unplug':
        await player.unplug();
        await becomes('no-device', since);
        return;
      case 'unplugged':
        wire.behave(kind);
        showDoubtful();
        // A reader that is asked may have nothing to say just now.
        await becomes('no-device', since);
        return;
      case 'flood':
        await wire.flood(LEAST_FLOOD + Math.floor(random() * (MOST_FLOOD - LEAST_FLOOD)));
        return;
      default:
        wire.behave(kind);
        showDoubtful();
        if (player.isAsked && (kind === 'stuck' || kind === 'half')) await becomes('silent', since);
        else await sleep(QUIET_MS);
    }
  }

  async function heal(): Promise<void> {
    player.lift();
    await wire.settled();
    wire.behave('correct');
    await player.plug();
    await isReady();
    await sleep(QUIET_MS);
    await isReady();
  }

  async function showValid(after: string): Promise<void> {
    const manner = pick(player.whole, 'correct');
    wire.behave(manner);
    shown += 1;
    const what = player.show(shown);
    tally.valid.push(what);
    await wire.settled();
    await waitFor(() => drivers.readings[lane].has(what), `the reading of ${shown}, ${manner}, after ${after}`);
    player.lift();
    await wire.settled();
    wire.behave('correct');
  }

  await heal();
  for (let round = 0; goOn(round) && !drivers.hasEnded(); round += 1) {
    const kind = pick(TROUBLES, 'none');
    tally.troubles[kind] = (tally.troubles[kind] ?? 0) + 1;
    await trouble(kind);
    await heal();
    await showValid(kind);
  }
  await sleep(QUIET_MS);
  return tally;
}
