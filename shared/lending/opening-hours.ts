import { z } from 'zod';

/**
 * From when to when a station is open, local civil time: `07:00-22:00`. `24:00` is the end of the day; an end that is not
 * after the beginning is one of the next day: `22:00-06:00`.
 */
const spanSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/);

/** The spans of one day; none is a day on which the station stays closed. */
export const hoursSchema = z.array(spanSchema).max(6);

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The hours of every week. A day that is left out is a closed day. */
export const weekSchema = z.object({
  mon: hoursSchema.default([]),
  tue: hoursSchema.default([]),
  wed: hoursSchema.default([]),
  thu: hoursSchema.default([]),
  fri: hoursSchema.default([]),
  sat: hoursSchema.default([]),
  sun: hoursSchema.default([]),
});
export type Week = z.output<typeof weekSchema>;

/** Days that differ from their week, by date (`2026-10-01`). */
export type SpecialDays = Readonly<Record<string, readonly string[]>>;

/** All that a station's due times hang on. */
export interface Calendar {
  /** IANA time zone. */
  readonly zone: string;
  /** Null: open round the clock. */
  readonly week: Week | null;
  readonly days: SpecialDays;
}
