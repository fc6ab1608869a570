import { createSdtParser, encodeFrame } from '#hardware/protocol/sdt-frame.ts';
import type { StreamDecoder, StreamTarget, Target } from './target.ts';

const SEED = encodeFrame(Uint8Array.of(0, 0, 0x80));

/** The real decoder of card readers with one thing about it changed. */
const planted = (name: string, change: (real: StreamDecoder) => Partial<StreamDecoder>): StreamTarget => ({
  kind: 'stream',
  name,
  seeds: [SEED],
  resyncs: true,
  create: () => {
    const real = createSdtParser();
    return { ...real, ...change(real) };
  },
});

/** Decoders that are wrong, each in the way that its name says: what the fuzzer must find. */
export const TARGETS: readonly Target[] = [
  planted('throws', (real) => ({
    push(chunk) {
      if (chunk.includes(0x96) && chunk.includes(0x5d)) throw new Error('planted');
      return real.push(chunk);
    },
  })),
  planted('differs-when-cut', (real) => ({
    push: (chunk) => (chunk.at(-1) === 0x96 ? [] : real.push(chunk)),
  })),
  planted('miscounts', (real) => ({ dropped: () => real.dropped() * 2 })),
  planted('loses-a-frame', (real) => {
    let noisy = false;
    return {
      push(chunk) {
        const results = noisy ? [] : real.push(chunk);
        noisy ||= real.dropped() > 0;
        return results;
      },
      isInside: () => false,
    };
  }),
  planted('hangs', (real) => ({
    push(chunk) {
      while (chunk.length > 3 && chunk[0] === 0xff && chunk[1] === 0xff);
      return real.push(chunk);
    },
  })),
  planted('not-linear', (real) => ({
    push(chunk) {
      let sum = 0;
      for (const each of chunk) for (let at = 0; at < chunk.length; at += 128) sum += each ^ (chunk[at] ?? 0);
      return sum < 0 ? [] : real.push(chunk);
    },
  })),
  planted('keeps-noise', (real) => {
    const kept: number[] = [];
    return {
      push(chunk) {
        for (const byte of chunk) kept.push(byte);
        return real.push(chunk);
      },
      isInside: () => kept.length < 0 || real.isInside(),
    };
  }),
  planted('keeps-noise, whole pieces', (real) => {
    const kept: Uint8Array[] = [];
    return {
      push(chunk) {
        kept.push(chunk);
        return real.push(chunk);
      },
      isInside: () => kept.length < 0 || real.isInside(),
    };
  }),
  planted('not-linear, over many pieces', (real) => {
    const kept: number[] = [];
    return {
      push(chunk) {
        for (const byte of chunk) {
          if (kept.length < 100_000) kept.push(byte);
        }
        let sum = 0;
        for (let at = 0; at < kept.length; at += 16) sum += kept[at] ?? 0;
        return sum < 0 ? [] : real.push(chunk);
      },
    };
  }),
  planted('dies', (real) => ({
    push(chunk) {
      if (chunk.includes(0x96) && chunk.includes(0x5d)) process.exit(3);
      return real.push(chunk);
    },
  })),
];
