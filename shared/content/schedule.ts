import { Temporal } from 'temporal-polyfill';
import type { TimeWindow } from './leaflet.ts';
import { isShownAt, nextChange } from './time-window.ts';

/** So many days from a date on (`2026-11-24`), as dates. */
export function daysFrom(first: string, count: number): string[] {
  const day = Temporal.PlainDate.from(first);
  return Array.from({ length: count }, (_, step) => day.add({ days: step }).toString());
}

/** The date of a moment (milliseconds since 1970) in a zone. */
export function dateAt(ms: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** Whether a leaflet with this window is shown at some moment of a date, in a zone. */
export function isShownOn(window: TimeWindow, date: string, zone: string): boolean {
  const day = Temporal.PlainDate.from(date);
  const begins = day.toZonedDateTime(zone).epochMilliseconds;
  const ends = day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  if (isShownAt(window, begins, zone)) return true;
  const next = nextChange(window, begins, zone);
  return next !== null && next < ends;
}
