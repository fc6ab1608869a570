import { Temporal } from 'temporal-polyfill';

/** Local hour of the daily backup: nobody borrows then. */
const HOUR = 3;

/** A terminal that has just been switched on has better things to do first, milliseconds. */
const AFTER_START_MS = 120_000;

/**
 * When the next daily backup is due, milliseconds since 1970: the first 03:00 of the station's zone after the last one. One
 * that was missed while the terminal was off is made soon after the start; so is one where the last is of the future, because
 * a clock was wrong.
 */
export function nextBackupMs(lastMs: number | null, nowMs: number, zone: string): number {
  const soon = nowMs + AFTER_START_MS;
  if (lastMs === null || lastMs > nowMs) return soon;
  const last = Temporal.Instant.fromEpochMilliseconds(lastMs).toZonedDateTimeISO(zone);
  const sameDay = last.withPlainTime({ hour: HOUR });
  const due = sameDay.epochMilliseconds > lastMs ? sameDay : last.add({ days: 1 }).withPlainTime({ hour: HOUR });
  return Math.max(due.epochMilliseconds, soon);
}
