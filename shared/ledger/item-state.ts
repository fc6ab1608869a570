import type { Bilingual } from '../bilingual.ts';
import type { LedgerException } from './exception.ts';
import type { LedgerEvent } from './event.ts';
import { withException } from './exception.ts';

/** An open loan: one item with one borrower. */
export interface Loan {
  /** Id of the `item.lent` that began it. */
  readonly id: string;
  readonly borrower: string;
  readonly name: string;
  /** What the borrower was told, renewals included. See shared/lending/loan-due.ts for what counts. */
  readonly due: string;
  /** When it was lent: the event's hlc. */
  readonly since: string;
  /** The station that lent it. */
  readonly station: string;
  readonly renewals: number;
  /** Parts of a kit that are still out while the rest is back; none while all of it is out. */
  readonly missing: readonly string[];
  /** Why staff lent it although the rules said no; null where they said yes. */
  readonly override: string | null;
}

/** A loan that is over. */
export interface EndedLoan {
  readonly id: string;
  readonly borrower: string;
  readonly name: string;
  readonly since: string;
  readonly due: string;
  /** hlc of the event that ended it. */
  readonly ended: string;
  /** `undone`: given back at once. `superseded`: lent to somebody else. `lost`: the borrower stays on record. */
  readonly how: 'returned' | 'undone' | 'superseded' | 'lost';
}

/** A promise of this very item. It expires by time, see shared/lending/reserved.ts. */
export interface ItemReservation {
  readonly id: string;
  readonly borrower: string;
  readonly name: string;
  readonly station: string;
  readonly from: string;
  readonly until: string;
}

/** What an item is like when nobody has it. */
type Condition = 'good' | 'set-aside' | 'damaged' | 'lost' | 'retired';
export const ITEM_STATUSES = ['in-stock', 'on-loan', 'in-transfer', 'set-aside', 'damaged', 'lost', 'retired'] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

export interface ItemState {
  readonly kind: 'item';
  /** Null until its registration is known here. */
  readonly type: string | null;
  readonly home: string | null;
  readonly note: Bilingual | null;
  /** The one state it has: `on-loan` while a loan is open, `in-transfer` while a transfer is, else its condition. */
  readonly status: ItemStatus;
  readonly condition: Condition;
  /** The station that has it, that lent it or that sent it on its way; null where nothing is known yet. */
  readonly station: string | null;
  readonly loan: Loan | null;
  /** `since` is an hlc. */
  readonly transfer: { readonly id: string; readonly from: string; readonly to: string; readonly since: string } | null;
  readonly reservations: readonly ItemReservation[];
  /** Where it turned up after it was lost or retired, until it is lent again. */
  readonly found: { readonly event: string; readonly station: string | null } | null;
  /** The stocktake that saw it last. */
  readonly counted: { readonly stocktake: string; readonly station: string } | null;
  /** The last few loans that are over, newest last. */
  readonly history: readonly EndedLoan[];
  readonly exceptions: readonly LedgerException[];
}

export const ITEM_UNKNOWN: ItemState = {
  kind: 'item',
  type: null,
  home: null,
  note: null,
  status: 'in-stock',
  condition: 'good',
  station: null,
  loan: null,
  transfer: null,
  reservations: [],
  found: null,
  counted: null,
  history: [],
  exceptions: [],
};

const HISTORY = 5;

/** The state with its status as everything else in it says. */
export function withStatus(state: ItemState): ItemState {
  const { loan, transfer, condition } = state;
  const resting = condition === 'good' ? 'in-stock' : condition;
  return { ...state, status: loan !== null ? 'on-loan' : transfer !== null ? 'in-transfer' : resting };
}

export function contradiction(
  state: ItemState,
  kind: LedgerException['kind'],
  event: LedgerEvent,
  other: string | null = null,
): ItemState {
  return { ...state, exceptions: withException(state.exceptions, kind, event, other) };
}

/** Lost or retired, and with nobody: to see it is to find it. */
export function isGone(state: ItemState): boolean {
  return state.loan === null && (state.condition === 'lost' || state.condition === 'retired');
}

/** Somebody held the item in their hands at a station: a transfer ends there, and what was lost is found. */
export function seenAt(state: ItemState, station: string, event: LedgerEvent): ItemState {
  const gone = isGone(state);
  return {
    ...state,
    condition: gone ? 'good' : state.condition,
    station,
    transfer: null,
    found: gone ? { event: event.id, station } : state.found,
  };
}

/** The open loan is over, if there is one; it goes to the history. */
export function endLoan(state: ItemState, how: EndedLoan['how'], event: LedgerEvent): ItemState {
  if (state.loan === null) return state;
  const { id, borrower, name, since, due } = state.loan;
  const ended: EndedLoan = { id, borrower, name, since, due, ended: event.hlc, how };
  return { ...state, loan: null, history: [...state.history, ended].slice(-HISTORY) };
}

/** Good items are set aside; what is worse stays as it is. */
export function setAside(state: ItemState): ItemState {
  return state.condition === 'good' ? { ...state, condition: 'set-aside' } : state;
}
