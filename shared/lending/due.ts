import { Temporal } from 'temporal-polyfill';
import { isAlwaysOpen, nextOpening } from './next-opening.ts';
import type { Calendar } from './opening-hours.ts';

/** ISO 8601 with the zone's offset: `2026-11-25T23:59:00+08:00`. */
function isoText(time: Temporal.ZonedDateTime): string {
  return time.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

function endOfPeriod(period: string, lent: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const length = Temporal.Duration.from(period);
  const due = period.includes('T')
    ? lent.add(length).round({ smallestUnit: 'minute', roundingMode: 'floor' })
    : lent.add(length).withPlainTime({ hour: 23, minute: 59 });
  // In the last minute of a day, or for a period of nothing, the minute of lending is over before it has begun.
  return Temporal.ZonedDateTime.compare(due, lent) > 0
    ? due
    : lent.add({ minutes: 1 }).round({ smallestUnit: 'minute', roundingMode: 'floor' });
}

/**
 * When an item lent at `lentAtMs` is due, as ISO 8601 with the zone's offset. Periods of days and weeks end at 23:59 of
 * the last day, local civil time, so a day that is 23 or 25 hours long changes nothing; periods with hours are exact,
 * cut to the minute. Where the station is closed then, the item is due when it next opens.
 */
export function dueAt(period: string, lentAtMs: number, calendar: Calendar): string {
  const lent = Temporal.Instant.fromEpochMilliseconds(lentAtMs).toZonedDateTimeISO(calendar.zone);
  const due = endOfPeriod(period, lent);
  return isoText(nextOpening(due, calendar));
}

/**
 * When a loan is due by the hours as they are now: what the borrower was told, or the next opening where the station
 * has come to be closed then. Never earlier than what the borrower was told; computed, never stored.
 */
export function effectiveDue(told: string, calendar: Calendar): string {
  const toldMs = Date.parse(told);
  if (Number.isNaN(toldMs) || isAlwaysOpen(calendar)) return told;
  const due = Temporal.Instant.fromEpochMilliseconds(toldMs).toZonedDateTimeISO(calendar.zone);
  const opening = nextOpening(due, calendar);
  return opening.epochMilliseconds > toldMs ? isoText(opening) : told;
}

/** Whether a loan is overdue at a moment, milliseconds since 1970. */
export function isOverdue(told: string, calendar: Calendar, atMs: number): boolean {
  return Date.parse(effectiveDue(told, calendar)) < atMs;
}
