import { Temporal } from 'temporal-polyfill';
import { type Calendar, type SpecialDays, WEEKDAYS, type Week } from './opening-hours.ts';

/** A station that does not open within so many days is closed for good: then nothing waits for its opening. */
const FURTHEST_DAYS = 366;

/** Milliseconds since 1970, from and up to. */
interface OpenSpan {
  readonly from: number;
  readonly until: number;
}

/** A moment of a local day. One that the clocks skip is just after the gap; of one that they repeat, the first or the last. */
function moment(day: Temporal.PlainDate, time: string, zone: string, which: 'first' | 'last'): number {
  const plain = time === '24:00' ? day.add({ days: 1 }).toPlainDateTime() : day.toPlainDateTime(`${time}:00`);
  const disambiguation = which === 'first' ? 'compatible' : 'later';
  return plain.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}

/** The spans that begin on a day. */
function spansOf(day: Temporal.PlainDate, { zone, week, days }: Calendar): OpenSpan[] {
  const weekday = WEEKDAYS[day.dayOfWeek - 1];
  const date = day.toString();
  const usual = week === null || weekday === undefined ? ['00:00-24:00'] : week[weekday];
  const hours = (Object.hasOwn(days, date) ? days[date] : undefined) ?? usual;
  return hours.map((span) => {
    const [from = '', to = ''] = span.split('-');
    const lastDay = to > from ? day : day.add({ days: 1 });
    return { from: moment(day, from, zone, 'first'), until: moment(lastDay, to, zone, 'last') };
  });
}

/** Whether a station is never closed: the most usual calendar, and by far the fastest to look at. */
export function isAlwaysOpen({ week, days }: Calendar): boolean {
  if (Object.keys(days).length > 0) return false;
  return week === null || Object.values(week).every((hours) => hours.includes('00:00-24:00'));
}

/** The moment itself where the station is open then or never opens within a year, else when it next opens. */
export function nextOpening(at: Temporal.ZonedDateTime, calendar: Calendar): Temporal.ZonedDateTime {
  if (isAlwaysOpen(calendar)) return at;
  const atMs = at.epochMilliseconds;
  const today = at.toPlainDate();
  // Yesterday's last span may run over midnight.
  for (let ahead = -1; ahead <= FURTHEST_DAYS; ahead += 1) {
    const [next] = spansOf(today.add({ days: ahead }), calendar)
      .filter(({ from, until }) => until > Math.max(from, atMs))
      .sort((a, b) => a.from - b.from);
    if (next !== undefined) {
      return next.from <= atMs
        ? at
        : Temporal.Instant.fromEpochMilliseconds(next.from).toZonedDateTimeISO(calendar.zone);
    }
  }
  return at;
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * The calendar of a station. Its own days come before the community's. A zone that the ledger does not know yet, or that
 * nobody knows, is `fallbackZone`.
 */
export function calendarOf(
  station: { readonly zone: string | null; readonly week: Week | null; readonly days: SpecialDays } | null,
  community: { readonly days: SpecialDays } | null,
  fallbackZone: string,
): Calendar {
  const zone = station?.zone ?? null;
  return {
    zone: zone !== null && isZone(zone) ? zone : fallbackZone,
    week: station?.week ?? null,
    days: { ...community?.days, ...station?.days },
  };
}
