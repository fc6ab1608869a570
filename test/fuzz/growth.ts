import type { Random } from '../sim/random.ts';
import type { Finding, Target } from './target.ts';

const SHORT = 8 * 1024;
const TIMES = 8;
/** Eight times the bytes take eight times as long; a quadratic decoder takes 64 times. */
const MOST = 24;
const RUNS = 3;
const TRIES = 3;
/** Below this a clock says more about the machine than about the decoder, milliseconds. */
const LEAST_MS = 2;
const NOISE_BYTES = 8 * 1024 * 1024;
const CHUNK = 64 * 1024;
/** No frame is near that long. */
const MOST_KEPT = 2 * 1024 * 1024;

function repeated(pattern: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => pattern[index % pattern.length] ?? 0);
}

/** Bytes that make a decoder look again and again: noise, beginnings of frames, one byte for ever. */
function patterns({ seeds }: Target, random: Random): Uint8Array[] {
  const noise = Uint8Array.from({ length: 997 }, () => random.between(0, 255));
  const starts = seeds.flatMap((seed) =>
    [1, 2, 3, 5, 7, 11, seed.length - 1].map((end) => seed.slice(0, Math.max(1, end))),
  );
  return [
    noise,
    ...seeds,
    ...starts,
    ...[0x00, 0x02, 0x20, 0x30, 0x5d, 0xaa, 0xff].map((value) => Uint8Array.of(value)),
  ];
}

function feed(target: Target, bytes: Uint8Array): void {
  if (target.kind === 'value') target.decode(bytes);
  else {
    const decoder = target.create();
    decoder.push(bytes);
    decoder.pause();
  }
}

/** The least of several: what else the machine does only ever takes longer. */
function leastMs(target: Target, bytes: Uint8Array, clock: () => number): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = clock();
    feed(target, bytes);
    return clock() - start;
  });
  return Math.min(...times);
}

/** Where time grows faster than the bytes; a slow moment of the machine is measured again. */
export function growthOfTime(target: Target, random: Random, clock: () => number): Finding | null {
  for (const pattern of patterns(target, random)) {
    const [short, long] = [SHORT, SHORT * TIMES].map((length) => repeated(pattern, length));
    if (short === undefined || long === undefined) continue;
    const ratio = () => leastMs(target, long, clock) / Math.max(LEAST_MS / TIMES, leastMs(target, short, clock));
    if (leastMs(target, long, clock) < LEAST_MS) continue;
    // Measured anew while it looks bad: what counts is the best of what was seen.
    let best = ratio();
    for (let again = 0; again < TRIES && best >= MOST; again += 1) best = Math.min(best, ratio());
    if (best < MOST) continue;
    const detail = `${TIMES} times the bytes take ${Math.round(best)} times as long`;
    return { target: target.name, what: 'not-linear', detail, input: Buffer.from(pattern).toString('hex') };
  }
  return null;
}

/** Whether a decoder that lives long holds on to noise. `heapBytes` collects the garbage and says what is left. */
export function growthOfMemory(target: Target, random: Random, heapBytes: () => number): Finding | null {
  if (target.kind === 'value') return null;
  const noise = patterns(target, random).slice(0, 3);
  const decoder = target.create();
  const before = heapBytes();
  for (let fed = 0; fed < NOISE_BYTES; fed += CHUNK) decoder.push(repeated(random.pick(noise), CHUNK));
  const kept = heapBytes() - before;
  // Asked once more, so that it is still there when the heap is measured.
  decoder.isInside();
  if (kept < MOST_KEPT) return null;
  return { target: target.name, what: 'keeps-noise', detail: `${kept} bytes kept of ${NOISE_BYTES}`, input: null };
}
