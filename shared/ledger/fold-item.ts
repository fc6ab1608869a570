import type { Bilingual } from '../bilingual.ts';
import type { LedgerEvent } from './event.ts';
import { eventBodies } from './event-types.ts';

/** An open loan: one item with one borrower. */
export interface Loan {
  /** Id of the `item.lent` that began it. */
  readonly id: string;
  readonly borrower: string;
  readonly name: string;
  readonly due: string;
  /** When it was lent, ISO-like: the event's hlc. */
  readonly since: string;
  /** The station that lent it. */
  readonly station: string;
}

/** A contradiction in the ledger that a person should look at (community.md). */
export interface LedgerException {
  readonly kind: 'lent-twice' | 'returned-unlent' | 'unreadable';
  /** Id of the event that shows it. */
  readonly event: string;
}

export interface ItemState {
  readonly kind: 'item';
  /** Null until its registration is known here. */
  readonly type: string | null;
  readonly home: string | null;
  readonly note: Bilingual | null;
  readonly status: 'in-stock' | 'on-loan';
  /** The station that has it, or that lent it; null where nothing is known yet. */
  readonly station: string | null;
  readonly loan: Loan | null;
  readonly exceptions: readonly LedgerException[];
}

export const ITEM_UNKNOWN: ItemState = {
  kind: 'item',
  type: null,
  home: null,
  note: null,
  status: 'in-stock',
  station: null,
  loan: null,
  exceptions: [],
};

function withException(state: ItemState, kind: LedgerException['kind'], event: LedgerEvent): ItemState {
  return { ...state, exceptions: [...state.exceptions, { kind, event: event.id }] };
}

function register(state: ItemState, event: LedgerEvent): ItemState {
  const body = eventBodies['item.registered'][1].safeParse(event.body);
  if (!body.success) return withException(state, 'unreadable', event);
  const { type, home, note } = body.data;
  return { ...state, type, home, note: note ?? null, station: state.station ?? home };
}

function lend(state: ItemState, event: LedgerEvent): ItemState {
  const body = eventBodies['item.lent'][1].safeParse(event.body);
  if (!body.success) return withException(state, 'unreadable', event);
  const { borrower, name, due, station } = body.data;
  const before = state.loan ? withException(state, 'lent-twice', event) : state;
  const loan: Loan = { id: event.id, borrower, name, due, since: event.hlc, station };
  return { ...before, status: 'on-loan', station, loan };
}

function takeBack(state: ItemState, event: LedgerEvent): ItemState {
  const body = eventBodies['item.returned'][1].safeParse(event.body);
  if (!body.success) return withException(state, 'unreadable', event);
  const before = state.loan ? state : withException(state, 'returned-unlent', event);
  return { ...before, status: 'in-stock', station: body.data.station, loan: null };
}

/** The table "Lending rules" of ledger.md, for the events that exist so far. Facts are never refused. */
export function foldItem(state: ItemState, event: LedgerEvent): ItemState {
  if (event.v !== 1) return state;
  switch (event.type) {
    case 'item.registered':
      return register(state, event);
    case 'item.lent':
      return lend(state, event);
    case 'item.returned':
      return takeBack(state, event);
    default:
      return state;
  }
}
