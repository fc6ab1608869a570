/** mulberry32: a small seeded generator, 0 to 1, so that a run can be repeated (the machine's timing aside). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from 0 to `count` - 1. */
export function pick(random: () => number, count: number): number {
  return Math.floor(random() * count);
}
