import type { PseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import type { Random } from '../../test/sim/random.ts';

/** A device as the soak handles it. */
export interface SoakDevice {
  readonly line: PseudoTerminal;
  /** Shows the device the n-th thing; what its driver will say of it, and what takes the thing away again. */
  readonly show: (n: number) => { readonly what: string; readonly takeAway: () => void };
  /** The first half of what the n-th thing makes it send. */
  readonly half: (n: number) => void;
}

/** What the life of a device needs of the world. */
export interface LifeDeps {
  readonly random: Random;
  readonly sleep: (ms: number) => Promise<void>;
  /** Resolves when the driver is ready and has been through all that was sent. */
  readonly settled: () => Promise<void>;
  /** Whether this was read before the patience was over. */
  readonly isRead: (what: string) => Promise<boolean>;
}

export interface LifeTally {
  valid: number;
  lost: number;
  unplugged: number;
  flooded: number;
  garbled: number;
  halved: number;
}

const FLOOD_CHUNKS = 64;
const CHUNK_BYTES = 4096;

const noise = ({ between }: Random, length: number) => Uint8Array.from({ length }, () => between(0, 255));

/** One mishap, then all is well again. */
async function mishap(device: SoakDevice, n: number, { random, sleep }: LifeDeps, tally: LifeTally): Promise<void> {
  const { line } = device;
  switch (random.weighted({ unplug: 3, midFrame: 2, flood: 2, garble: 4, half: 3 })) {
    case 'flood':
      for (let chunk = 0; chunk < FLOOD_CHUNKS; chunk += 1) line.send(noise(random, CHUNK_BYTES));
      tally.flooded += 1;
      return;
    case 'garble':
      line.send(noise(random, random.between(1, 2000)));
      tally.garbled += 1;
      return;
    case 'half':
      device.half(n);
      tally.halved += 1;
      return;
    case 'midFrame':
      device.half(n);
      break;
    case 'unplug':
      break;
  }
  await line.unplug();
  await sleep(random.between(50, 3000));
  await line.plug();
  tally.unplugged += 1;
}

/** Mishaps and valid readings in turn while `goesOn`; each valid reading is shown on a line that is up and silent. */
export async function liveThrough(device: SoakDevice, deps: LifeDeps, goesOn: () => boolean): Promise<LifeTally> {
  const tally: LifeTally = { valid: 0, lost: 0, unplugged: 0, flooded: 0, garbled: 0, halved: 0 };
  for (let n = 1; goesOn(); n += 1) {
    if (deps.random.chance(0.4)) await mishap(device, n, deps, tally);
    await deps.settled();
    const { what, takeAway } = device.show(n);
    tally.valid += 1;
    if (!(await deps.isRead(what))) tally.lost += 1;
    takeAway();
    await deps.sleep(deps.random.between(200, 1500));
  }
  return tally;
}
