import { Temporal } from 'temporal-polyfill';

/**
 * When an item lent at `lentAtMs` is due, as ISO 8601 with the zone's offset: `2026-11-25T23:59:00+08:00`.
 * Periods of days end at 23:59 of the last day, local civil time, so a day that is 23 or 25 hours long changes
 * nothing; periods of hours are exact, cut to the minute.
 */
export function dueAt(period: string, lentAtMs: number, zone: string): string {
  const lent = Temporal.Instant.fromEpochMilliseconds(lentAtMs).toZonedDateTimeISO(zone);
  const length = Temporal.Duration.from(period);
  const due =
    length.days > 0
      ? lent.add({ days: length.days }).withPlainTime({ hour: 23, minute: 59 })
      : lent.add(length).round({ smallestUnit: 'minute', roundingMode: 'floor' });
  return due.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
