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
/** So much of one pattern before the next. */
const RUN = 64 * 1024;
/** No frame is near that long. */
const MOST_KEPT = 2 * 1024 * 1024;

function repeated(pattern: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => pattern[index % pattern.length] ?? 0);
}

/** Bytes that make a decoder look again and again: noise, beginnings of frames, one byte for ever. */
export function patterns({ seeds }: Target, random: Random): Uint8Array[] {
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

/** How a long stream comes: as one piece, in pieces of a USB adapter, byte by byte. Null is all at once. */
const PIECES = [null, 64, 1] as const;

function feed(target: Target, bytes: Uint8Array, piece: number | null): void {
  if (target.kind === 'value') target.decode(bytes);
  else {
    const decoder = target.create();
    const size = piece ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) decoder.push(bytes.subarray(at, at + size));
    decoder.pause();
  }
}

/** The least of several: what else the machine does only ever takes longer. */
function leastMs(run: () => void, clock: () => number): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = clock();
    run();
    return clock() - start;
  });
  return Math.min(...times);
}

/** How many times as long `TIMES` times the bytes take; 0 where that is too short to be measured. */
function growthOf(target: Target, pattern: Uint8Array, piece: number | null, clock: () => number): number {
  const [short, long] = [repeated(pattern, SHORT), repeated(pattern, SHORT * TIMES)];
  const longMs = () => leastMs(() => feed(target, long, piece), clock);
  const ratio = () =>
    longMs() /
    Math.max(
      LEAST_MS / TIMES,
      leastMs(() => feed(target, short, piece), clock),
    );
  if (longMs() < LEAST_MS) return 0;
  // Measured anew while it looks bad: what counts is the best of what was seen.
  let best = ratio();
  for (let again = 0; again < TRIES && best >= MOST; again += 1) best = Math.min(best, ratio());
  return best;
}

/**
 * Where time grows faster than the bytes; a slow moment of the machine is measured again. `at` is told each pattern before it
 * is tried, so that one that never comes back is known.
 */
export function growthOfTime(
  target: Target,
  tried: readonly Uint8Array[],
  clock: () => number,
  at: (pattern: string) => void,
): Finding | null {
  for (const pattern of tried) {
    const input = Buffer.from(pattern).toString('hex');
    at(input);
    for (const piece of target.kind === 'value' ? [null] : PIECES) {
      const growth = growthOf(target, pattern, piece, clock);
      if (growth < MOST) continue;
      const how = piece === null ? 'in one piece' : `in pieces of ${piece}`;
      const detail = `${TIMES} times the bytes ${how} take ${Math.round(growth)} times as long`;
      return { target: target.name, what: 'not-linear', detail, input };
    }
  }
  return null;
}

/** Noise by the way it comes: bytes of a piece, and bytes in all (each kept piece weighs far more than its bytes). */
const NOISES = [
  { piece: 64 * 1024, bytes: 8 * 1024 * 1024 },
  { piece: 64, bytes: 4 * 1024 * 1024 },
  { piece: 1, bytes: 128 * 1024 },
] as const;

/** Whether a decoder that lives long holds on to noise. `keptBytes` collects the garbage and says what is left. */
export function growthOfMemory(
  target: Target,
  tried: readonly Uint8Array[],
  keptBytes: () => number,
  random: Random,
): Finding | null {
  if (target.kind === 'value') return null;
  for (const { piece, bytes } of NOISES) {
    const decoder = target.create();
    const feedNoise = () => {
      for (let fed = 0; fed < bytes; fed += RUN) {
        const run = repeated(random.pick(tried), Math.max(piece, RUN));
        // A copy each: a decoder that keeps a piece must be seen to keep it.
        for (let at = 0; at < run.length; at += piece) decoder.push(run.slice(at, at + piece));
      }
    };
    // What the engine itself takes to run the decoder it takes the first time.
    feedNoise();
    const before = keptBytes();
    feedNoise();
    const kept = keptBytes() - before;
    // Asked once more, so that it is still there when what is left is measured.
    decoder.isInside();
    if (kept >= MOST_KEPT) {
      const detail = `${kept} bytes kept of ${bytes} that came in pieces of ${piece}`;
      return { target: target.name, what: 'keeps-noise', detail, input: null };
    }
  }
  return null;
}
