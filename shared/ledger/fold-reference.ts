import { type ItemType, knownItemTypeSchema } from '../lending/item-type.ts';
import type { LedgerEvent } from './event.ts';
import { readBody } from './upcast.ts';

/** The last definition in order counts. */
export interface TypeState {
  readonly kind: 'type';
  readonly definition: ItemType | null;
}

export interface PersonState {
  readonly kind: 'person';
  readonly name: string | null;
  readonly home: string | null;
}

/** A person as the lending ledger knows them: a pseudonym. */
export interface BorrowerState {
  readonly kind: 'borrower';
  /** May not borrow until then, or until further notice where `until` is null; null for everybody else. */
  readonly blocked: { readonly event: string; readonly until: string | null } | null;
}

export const TYPE_UNKNOWN: TypeState = { kind: 'type', definition: null };
export const PERSON_UNKNOWN: PersonState = { kind: 'person', name: null, home: null };
export const BORROWER_UNKNOWN: BorrowerState = { kind: 'borrower', blocked: null };

export function foldType(state: TypeState, event: LedgerEvent): TypeState {
  const read = readBody(event);
  if (typeof read === 'string' || read.type !== 'type.defined') return state;
  return { ...state, definition: knownItemTypeSchema.parse(read.body) };
}

export function foldPerson(state: PersonState, event: LedgerEvent): PersonState {
  const read = readBody(event);
  if (typeof read === 'string' || read.type !== 'person.registered') return state;
  return { ...state, name: read.body.name, home: read.body.home };
}

export function foldBorrower(state: BorrowerState, event: LedgerEvent): BorrowerState {
  const read = readBody(event);
  if (typeof read === 'string') return state;
  switch (read.type) {
    case 'borrower.blocked':
      return { ...state, blocked: { event: event.id, until: read.body.until } };
    case 'borrower.unblocked':
      return { ...state, blocked: null };
    default:
      return state;
  }
}
