import type { Bilingual } from '../bilingual.ts';
import type { SpecialDays, Week } from '../lending/opening-hours.ts';
import type { LedgerEvent } from './event.ts';
import { readBody } from './upcast.ts';

/** The last definition in order counts. */
export interface StationState {
  readonly kind: 'station';
  readonly name: Bilingual | null;
  /** IANA time zone, `Asia/Shanghai`. */
  readonly zone: string | null;
  readonly phone: string | null;
  /** Null: open round the clock. */
  readonly week: Week | null;
  /** How many of a type the station should have, by the type's key. */
  readonly targets: Readonly<Record<string, number>>;
  readonly days: SpecialDays;
}

/** Days that differ for the whole community. */
export interface CalendarState {
  readonly kind: 'calendar';
  readonly days: SpecialDays;
}

export const STATION_UNKNOWN: StationState = {
  kind: 'station',
  name: null,
  zone: null,
  phone: null,
  week: null,
  targets: {},
  days: {},
};
export const CALENDAR_UNKNOWN: CalendarState = { kind: 'calendar', days: {} };

/** The subject of the days that differ for all stations. */
export const COMMUNITY_CALENDAR = 'calendar:community';

/** Two years and more; the oldest go. */
const MOST_DAYS = 800;

function sortedByKey<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withDay(days: SpecialDays, day: string, hours: readonly string[] | null): SpecialDays {
  const others = Object.entries(days).filter(([other]) => other !== day);
  const all = sortedByKey(Object.fromEntries(hours === null ? others : [...others, [day, hours]]));
  return Object.fromEntries(Object.entries(all).slice(-MOST_DAYS));
}

export function foldStation(state: StationState, event: LedgerEvent): StationState {
  const read = readBody(event);
  if (typeof read === 'string') return state;
  switch (read.type) {
    case 'station.defined': {
      const { name, zone, phone = null, week = null, targets = {} } = read.body;
      return { ...state, name, zone, phone, week, targets: sortedByKey(targets) };
    }
    case 'station.day-set':
      return { ...state, days: withDay(state.days, read.body.day, read.body.hours) };
    default:
      return state;
  }
}

export function foldCalendar(state: CalendarState, event: LedgerEvent): CalendarState {
  const read = readBody(event);
  if (typeof read === 'string' || read.type !== 'calendar.day-set') return state;
  return { ...state, days: withDay(state.days, read.body.day, read.body.hours) };
}
