import type { Bilingual } from '../bilingual.ts';
import type { ItemType } from '../lending/item-type.ts';
import type { LedgerEvent } from './event.ts';
import { eventBodies } from './event-types.ts';

/** Stations, item types and people: the last definition in order counts. */
export interface StationState {
  readonly kind: 'station';
  readonly name: Bilingual | null;
  /** IANA time zone, `Asia/Shanghai`. */
  readonly zone: string | null;
  readonly phone: string | null;
}

export interface TypeState {
  readonly kind: 'type';
  readonly definition: ItemType | null;
}

export interface PersonState {
  readonly kind: 'person';
  readonly name: string | null;
  readonly home: string | null;
}

export const STATION_UNKNOWN: StationState = { kind: 'station', name: null, zone: null, phone: null };
export const TYPE_UNKNOWN: TypeState = { kind: 'type', definition: null };
export const PERSON_UNKNOWN: PersonState = { kind: 'person', name: null, home: null };

export function foldStation(state: StationState, event: LedgerEvent): StationState {
  if (event.type !== 'station.defined' || event.v !== 1) return state;
  const body = eventBodies['station.defined'][1].safeParse(event.body);
  if (!body.success) return state;
  return { ...state, name: body.data.name, zone: body.data.zone, phone: body.data.phone ?? null };
}

export function foldType(state: TypeState, event: LedgerEvent): TypeState {
  if (event.type !== 'type.defined' || event.v !== 1) return state;
  const body = eventBodies['type.defined'][1].safeParse(event.body);
  return body.success ? { ...state, definition: body.data } : state;
}

export function foldPerson(state: PersonState, event: LedgerEvent): PersonState {
  if (event.type !== 'person.registered' || event.v !== 1) return state;
  const body = eventBodies['person.registered'][1].safeParse(event.body);
  return body.success ? { ...state, name: body.data.name, home: body.data.home } : state;
}
