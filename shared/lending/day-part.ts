/** Parts of a day that can be reserved. `day` is all of it. */
export const DAY_PARTS = ['morning', 'afternoon', 'evening', 'day'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** Local hours, from and up to. */
const HOURS: Readonly<Record<DayPart, readonly [number, number]>> = {
  morning: [0, 12],
  afternoon: [12, 18],
  evening: [18, 24],
  day: [0, 24],
};

/** From when to when a part lasts, as hours of the local day. */
export function hoursOfPart(part: DayPart): readonly [from: number, until: number] {
  return HOURS[part];
}
