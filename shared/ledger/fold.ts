import { type LedgerEvent, subjectKind } from './event.ts';
import { foldItem, ITEM_UNKNOWN, type ItemState, type LedgerException } from './fold-item.ts';
import {
  foldPerson,
  foldStation,
  foldType,
  PERSON_UNKNOWN,
  type PersonState,
  STATION_UNKNOWN,
  type StationState,
  TYPE_UNKNOWN,
  type TypeState,
} from './fold-reference.ts';
import { foldSupply, SUPPLY_UNKNOWN, type SupplyState } from './fold-supply.ts';
import { unreachable } from '../result.ts';
import { compareEvents } from './order.ts';

export type SubjectState = ItemState | SupplyState | StationState | TypeState | PersonState;

/** The state of a subject before its first event, or null for a kind that this version does not fold. */
export function initialState(subject: string): SubjectState | null {
  switch (subjectKind(subject)) {
    case 'item':
      return ITEM_UNKNOWN;
    case 'supply':
      return SUPPLY_UNKNOWN;
    case 'station':
      return STATION_UNKNOWN;
    case 'type':
      return TYPE_UNKNOWN;
    case 'person':
      return PERSON_UNKNOWN;
    default:
      return null;
  }
}

/** One step: `event` must be the next of its subject in the order of `compareEvents`. */
export function applyEvent(state: SubjectState, event: LedgerEvent): SubjectState {
  switch (state.kind) {
    case 'item':
      return foldItem(state, event);
    case 'supply':
      return foldSupply(state, event);
    case 'station':
      return foldStation(state, event);
    case 'type':
      return foldType(state, event);
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
  return [...events].sort(compareEvents).reduce(applyEvent, start);
}

/** The contradictions that a state holds; kinds without any give none. */
export function exceptionsOf(state: SubjectState): readonly LedgerException[] {
  return state.kind === 'item' ? state.exceptions : [];
}
