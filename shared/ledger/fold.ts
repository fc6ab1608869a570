import { unreachable } from '../result.ts';
import { type LedgerEvent, subjectKind } from './event.ts';
import type { LedgerException } from './exception.ts';
import { foldItem } from './fold-item.ts';
import {
  BORROWER_UNKNOWN,
  type BorrowerState,
  foldBorrower,
  foldPerson,
  foldType,
  PERSON_UNKNOWN,
  type PersonState,
  TYPE_UNKNOWN,
  type TypeState,
} from './fold-reference.ts';
import { foldReservations, RESERVATIONS_NONE, type ReservationsState } from './fold-reservations.ts';
import {
  CALENDAR_UNKNOWN,
  type CalendarState,
  foldCalendar,
  foldStation,
  STATION_UNKNOWN,
  type StationState,
} from './fold-station.ts';
import { foldStocktake, STOCKTAKE_UNKNOWN, type StocktakeState } from './fold-stocktake.ts';
import { foldSupply, SUPPLY_UNKNOWN, type SupplyState } from './fold-supply.ts';
import { ITEM_UNKNOWN, type ItemState } from './item-state.ts';
import { withoutUndone } from './needs-refold.ts';
import { compareEvents } from './order.ts';

export type SubjectState =
  | ItemState
  | SupplyState
  | StationState
  | CalendarState
  | TypeState
  | ReservationsState
  | StocktakeState
  | BorrowerState
  | PersonState;

/** Of each kind of subject: its state before the first event. */
const STARTS: Readonly<Record<SubjectState['kind'], SubjectState>> = {
  item: ITEM_UNKNOWN,
  type: TYPE_UNKNOWN,
  station: STATION_UNKNOWN,
  calendar: CALENDAR_UNKNOWN,
  reservations: RESERVATIONS_NONE,
  stocktake: STOCKTAKE_UNKNOWN,
  borrower: BORROWER_UNKNOWN,
  supply: SUPPLY_UNKNOWN,
  person: PERSON_UNKNOWN,
};

/**
 * Which fold makes the states. A store that holds states of another fold makes them anew from its log: they are a cache,
 * and this one would go on from fields that are not there. Raise it whenever a state comes out differently.
 */
export const FOLD_VERSION = 2;

/** The state of a subject before its first event, or null for a kind that this version does not fold. */
export function initialState(subject: string): SubjectState | null {
  const kind = subjectKind(subject);
  return Object.hasOwn(STARTS, kind) ? STARTS[kind as SubjectState['kind']] : null;
}

/**
 * One step: `event` must be the next of its subject in the order of `compareEvents`, and not one that `needsRefold`.
 * Never throws on an event that its schema has accepted.
 */
export function applyEvent(state: SubjectState, event: LedgerEvent): SubjectState {
  switch (state.kind) {
    case 'item':
      return foldItem(state, event);
    case 'supply':
      return foldSupply(state, event);
    case 'station':
      return foldStation(state, event);
    case 'calendar':
      return foldCalendar(state, event);
    case 'type':
      return foldType(state, event);
    case 'reservations':
      return foldReservations(state, event);
    case 'stocktake':
      return foldStocktake(state, event);
    case 'borrower':
      return foldBorrower(state, event);
    case 'person':
      return foldPerson(state, event);
    default:
      return unreachable(state);
  }
}

/** The state that a subject's events, given in any order, add up to; null for a kind that is not folded. */
export function fold(subject: string, events: Iterable<LedgerEvent>): SubjectState | null {
  const start = initialState(subject);
  if (start === null) return null;
  return withoutUndone([...events].sort(compareEvents)).reduce(applyEvent, start);
}

/** The contradictions that a state holds; kinds without any give none. */
export function exceptionsOf(state: SubjectState): readonly LedgerException[] {
  switch (state.kind) {
    case 'item':
      return state.exceptions;
    case 'supply':
      return state.beyond === null ? [] : [{ kind: 'taken-beyond-count', event: state.beyond, other: null }];
    default:
      return [];
  }
}
