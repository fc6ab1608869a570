import { Temporal } from 'temporal-polyfill';
import type { TimeWindow } from './leaflet.ts';

/** Milliseconds since 1970, from inclusive and until exclusive. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** The end of a window in which there is no moment at all: the earliest moment that a date can be (ECMA-262, 21.4.1.1). */
const NEVER = -8_640_000_000_000_000;

/** A pattern of weekdays shows itself within so many days, even where the clocks skip one of its spans. */
const PATTERN_DAYS = 15;

/** A wall time in a zone. One that the clocks skip is the end of the gap; of one that they repeat, the first or the last. */
function moment(wall: Temporal.PlainDateTime, zone: string, which: 'first' | 'last'): number {
  const found = wall.toZonedDateTime(zone, { disambiguation: which === 'first' ? 'compatible' : 'later' });
  if (found.toPlainDateTime().equals(wall)) return found.epochMilliseconds;
  const before = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? found).epochMilliseconds;
}

function bound(text: string | null, zone: string, which: 'first' | 'last'): number | null {
  return text === null ? null : moment(Temporal.PlainDateTime.from(text), zone, which);
}

function boundsOf({ from, until }: TimeWindow, zone: string): Span {
  return {
    from: bound(from, zone, 'first') ?? Number.NEGATIVE_INFINITY,
    until: bound(until, zone, 'last') ?? Number.POSITIVE_INFINITY,
  };
}

/** Days and hours leave nothing out. */
function isUnbroken({ weekdays, hours }: TimeWindow): boolean {
  return hours === null && new Set(weekdays).size === 7;
}

/** The span that begins on a day, whatever from and until say; one over midnight belongs to the day on which it begins. */
function spanOf(day: Temporal.PlainDate, { weekdays, hours }: TimeWindow, zone: string): Span | null {
  if (!weekdays.includes(day.dayOfWeek)) return null;
  const [first, last] = hours ?? ['00:00', '00:00'];
  const lastDay = last > first ? day : day.add({ days: 1 });
  return {
    from: moment(day.toPlainDateTime(first), zone, 'first'),
    // The day ends where the next begins: where midnight comes twice, with the first.
    until: moment(lastDay.toPlainDateTime(last), zone, hours === null ? 'first' : 'last'),
  };
}

function dayOf(ms: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();
}

/** The spans that begin from `first` to `last` days after the day of a moment. */
function spansAround(window: TimeWindow, zone: string, ms: number, first: number, last: number): Span[] {
  const day = dayOf(ms, zone);
  return Array.from({ length: last - first + 1 }, (_, step) =>
    spanOf(day.add({ days: first + step }), window, zone),
  ).filter((span) => span !== null);
}

/** Whether a leaflet with this window is shown at a moment (milliseconds since 1970) at a station of this IANA time zone. */
export function isShownAt(window: TimeWindow, ms: number, zone: string): boolean {
  const { from, until } = boundsOf(window, zone);
  if (ms < from || ms >= until) return false;
  return isUnbroken(window) || spansAround(window, zone, ms, -1, 0).some((span) => span.from <= ms && ms < span.until);
}

/**
 * From when on it is never shown again, milliseconds since 1970; null: it has no end. Where `until` falls between two
 * spans that is the end of the last, and for a window without a moment in it, long ago.
 */
export function endOfWindow(window: TimeWindow, zone: string): number | null {
  if (window.until === null) return null;
  const { from, until } = boundsOf(window, zone);
  if (until <= from) return NEVER;
  if (isUnbroken(window)) return until;
  const ends = spansAround(window, zone, until, -PATTERN_DAYS, 0)
    .filter((span) => Math.max(span.from, from) < Math.min(span.until, until))
    .map((span) => Math.min(span.until, until));
  return Math.max(NEVER, ...ends);
}

/** Whether it is never shown at this moment or later. */
export function isOver(window: TimeWindow, ms: number, zone: string): boolean {
  const end = endOfWindow(window, zone);
  return end !== null && ms >= end;
}

/** The next moment after this one at which it begins or ends to be shown; null: it stays as it is. */
export function nextChange(window: TimeWindow, ms: number, zone: string): number | null {
  const { from, until } = boundsOf(window, zone);
  if (ms >= until || until <= from) return null;
  const base = Math.max(ms, from);
  const atBase = isShownAt(window, base, zone);
  if (ms < from && atBase) return from;
  const spans = isUnbroken(window) ? [] : spansAround(window, zone, base, -1, PATTERN_DAYS);
  const moments = [...spans.flatMap((span) => [span.from, span.until]), until]
    .filter((at) => at > base && at <= until && Number.isFinite(at))
    .sort((a, b) => a - b);
  return moments.find((at) => isShownAt(window, at, zone) !== atBase) ?? null;
}
