import type { DayPart } from '../lending/day-part.ts';
import type { LedgerEvent } from './event.ts';
import { readBody } from './upcast.ts';

/** A promise of one of a type at a station for a part of a day. Whether it is over is a matter of the clock. */
export interface TypeReservation {
  /** Id of the `reservations.made`. */
  readonly id: string;
  readonly borrower: string;
  readonly name: string;
  /** Local date, `2026-11-24`. */
  readonly day: string;
  readonly part: DayPart;
}

/** All of one type at one station: `reservations:LD/umbrella`. */
export interface ReservationsState {
  readonly kind: 'reservations';
  /** In the order in which they were made: who comes first is served first. */
  readonly open: readonly TypeReservation[];
}

export const RESERVATIONS_NONE: ReservationsState = { kind: 'reservations', open: [] };

/** The latest so many are kept: a year of two a day at every station is less. */
const MOST = 800;

export function foldReservations(state: ReservationsState, event: LedgerEvent): ReservationsState {
  const read = readBody(event);
  if (typeof read === 'string') return state;
  switch (read.type) {
    case 'reservations.made': {
      const { borrower, name, day, part } = read.body;
      return { ...state, open: [...state.open, { id: event.id, borrower, name, day, part }].slice(-MOST) };
    }
    case 'reservations.ended':
      return { ...state, open: state.open.filter(({ id }) => id !== read.body.reservation) };
    default:
      return state;
  }
}
