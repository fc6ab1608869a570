import type { Random } from '../sim/random.ts';
import type { FuzzInput, Target } from './target.ts';

/** Bytes that mean something to one decoder or another. */
const TELLING = [0x00, 0x02, 0x03, 0x09, 0x0a, 0x0d, 0x1d, 0x20, 0x30, 0x5d, 0x69, 0x7f, 0x80, 0x96, 0xaa, 0xff];
const LONGEST = 400;

const byte = (random: Random) => (random.chance(0.3) ? random.pick(TELLING) : random.between(0, 255));
const bytes = (random: Random, length: number) => Array.from({ length }, () => byte(random));

/** A valid input with a few bytes changed, put in, taken out, said twice or cut off. */
function mutated(random: Random, seed: Uint8Array): number[] {
  let made = [...seed];
  for (let turns = random.between(1, 4); turns > 0; turns -= 1) {
    const at = random.between(0, made.length);
    const end = Math.min(made.length, at + random.between(1, 12));
    const change = random.between(0, 5);
    if (change === 0) made[at] = byte(random);
    else if (change === 1) made.splice(at, 0, ...bytes(random, random.between(1, 8)));
    else if (change === 2) made.splice(at, end - at);
    else if (change === 3) made.splice(at, 0, ...made.slice(at, end));
    else if (change === 4) made = made.slice(0, at);
    else if (at < made.length) made[at] = (made[at] ?? 0) ^ (1 << random.between(0, 7));
  }
  return made.slice(0, 4 * LONGEST + seed.length).map((value) => value & 0xff);
}

/** Pieces of valid inputs and noise, one behind the other. */
function joined(random: Random, seeds: readonly Uint8Array[]): number[] {
  return Array.from({ length: random.between(2, 5) }, () => {
    const seed = [...random.pick(seeds)];
    const from = random.between(0, seed.length);
    const kind = random.between(0, 3);
    if (kind === 0) return seed;
    if (kind === 1) return seed.slice(0, from);
    return kind === 2 ? seed.slice(from) : bytes(random, random.between(0, 20));
  }).flat();
}

/** Random, mutated, or made of pieces; cut nowhere, everywhere, or at some places. */
export function makeInput(random: Random, { seeds }: Target): FuzzInput {
  const kind = random.between(0, 2);
  const made =
    kind === 0
      ? bytes(random, random.between(0, LONGEST))
      : kind === 1
        ? mutated(random, random.pick(seeds))
        : joined(random, seeds);
  const cuts = random.chance(0.2)
    ? made.map((_, index) => index)
    : Array.from({ length: random.between(0, 6) }, () => random.between(0, made.length));
  return { bytes: Uint8Array.from(made), cuts };
}

/** The input as hex, with a bar at each cut. */
export function formatInput({ bytes: all, cuts }: FuzzInput): string {
  return chunksOf({ bytes: all, cuts })
    .map((chunk) => Buffer.from(chunk).toString('hex'))
    .join('|');
}

export function parseInput(text: string): FuzzInput {
  const chunks = text.split('|').map((chunk) => Buffer.from(chunk, 'hex'));
  let at = 0;
  return { bytes: Buffer.concat(chunks), cuts: chunks.map((chunk) => (at += chunk.length)) };
}

export function chunksOf({ bytes: all, cuts }: FuzzInput): Uint8Array[] {
  const places = [...new Set(cuts)].filter((place) => place > 0 && place < all.length).sort((a, b) => a - b);
  return [0, ...places].map((from, index) => all.slice(from, places[index] ?? all.length));
}
