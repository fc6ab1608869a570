/** 2026-11-23 10:00 in Shanghai, where every world begins. */
export const BEGINNING = Date.UTC(2026, 10, 23, 2, 0);

/** The one true time of a world, and the clocks of its machines, which may be wrong. */
export function createTime() {
  let ms = 0;
  return {
    now: (): number => BEGINNING + ms,
    elapsed: (): number => ms,
    pass(by: number): void {
      ms += by;
    },
  };
}

export type Time = ReturnType<typeof createTime>;

/** Spreads a number over 32 bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Ids in the form of UUIDv7 that follow from a world's time, the number of a process and how many it made before. */
export function createIds(process: number, time: Pick<Time, 'now'>) {
  let count = 0;
  const hex = (value: number, length: number) => value.toString(16).padStart(length, '0').slice(-length);
  return (): string => {
    count += 1;
    const ms = hex(time.now(), 12);
    const first = mix(process * 65_537 + count);
    const tail = `${hex(first, 8)}${hex(mix(first ^ process), 4)}`;
    return `${ms.slice(0, 8)}-${ms.slice(8)}-7${hex(process, 3)}-8${hex(count, 3)}-${tail}`;
  };
}
