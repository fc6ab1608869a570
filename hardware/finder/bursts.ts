import type { Burst } from './judge.ts';

/** More than the longest code (2953 bytes, ISO/IEC 18004) with all around it. */
const MOST_BYTES = 4096;

export interface BurstDelays {
  /** Without a byte for so long, a burst has ended; milliseconds. */
  readonly pause: number;
  /** A card that is held is said again without a pause: after so long what has come is judged. */
  readonly longest: number;
}

/** Bytes in any chunks -> bursts between pauses. Of a burst that does not end its beginning is given out, once. */
export function createBursts({ pause, longest }: BurstDelays, onBurst: (burst: Burst) => void) {
  let kept: number[] = [];
  /** What is left of this burst is not kept. */
  let isCut = false;
  let isOver = false;
  let pausing: NodeJS.Timeout | undefined;
  let lasting: NodeJS.Timeout | undefined;

  function give(cut: boolean): void {
    const bytes = Uint8Array.from(kept);
    [kept, isCut] = [[], cut];
    clearTimeout(lasting);
    lasting = undefined;
    onBurst({ bytes, isCut: cut });
  }
  function onPause(): void {
    if (!isCut) give(false);
    isCut = false;
  }

  return {
    push: (chunk: Uint8Array): void => {
      if (isOver) return;
      clearTimeout(pausing);
      pausing = setTimeout(onPause, pause);
      if (isCut) return;
      lasting ??= setTimeout(() => give(true), longest);
      kept.push(...chunk.subarray(0, MOST_BYTES - kept.length));
      if (kept.length === MOST_BYTES) give(true);
    },
    /** Nothing is given out any more. */
    stop: (): void => {
      clearTimeout(pausing);
      clearTimeout(lasting);
      isOver = true;
    },
  };
}
