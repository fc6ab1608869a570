import { Temporal } from 'temporal-polyfill';

/** The date at this moment in a zone, `2026-11-23`. */
export function localDay(ms: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone).toPlainDate().toString();
}
