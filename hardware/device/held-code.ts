import type { RepeatRule } from '../protocol/line-protocol.ts';

/**
 * Tells a thing that is held before a reader, and said again and again, from one that is shown anew: it is held until it
 * has not been heard for `withinMs`. Remembers only what was heard within that time.
 */
export function createHeldCodes({ of, withinMs }: RepeatRule) {
  /** When each was last heard; the oldest first, as one that is heard again is put behind the others. */
  const heard = new Map<string, number>();

  return {
    /** Whether this one is still held. `now` is monotonic, milliseconds. */
    hear(code: string, now: number): boolean {
      for (const [other, at] of heard) {
        if (now - at < withinMs) break;
        heard.delete(other);
      }
      const held = heard.delete(code);
      if (of === 'last') heard.clear();
      heard.set(code, now);
      return held;
    },
  };
}
