import type { Bilingual } from '#shared/bilingual.ts';
import type { Line, Notice, SheetAction } from '#shared/contract/kiosk.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import type { BorrowerState } from '#shared/ledger/fold-reference.ts';
import type { TypeReservation } from '#shared/ledger/fold-reservations.ts';
import type { ItemState } from '#shared/ledger/item-state.ts';
import type { Calendar } from '#shared/lending/opening-hours.ts';
import type { ItemType } from '#shared/lending/item-type.ts';

/** How long a sheet stays open without a scan, a card or a tap, milliseconds. */
export interface SheetDelays {
  /** Items wait for a card: the card may be deep in a bag. */
  readonly card: number;
  /** Somebody is borrowing. */
  readonly borrow: number;
  /** Items were taken back. */
  readonly return: number;
  /** The receipt after "done". */
  readonly receipt: number;
  /** "We don't know this code." */
  readonly unknown: number;
}

export const SHEET_DELAYS: SheetDelays = {
  card: 60_000,
  borrow: 30_000,
  return: 20_000,
  receipt: 12_000,
  unknown: 15_000,
};

type Refused = Extract<Line['outcome'], { kind: 'refused' }>;

/** A line of a sheet. `waiting` is not recorded; every other outcome is what the ledger says. */
export interface SessionLine {
  readonly id: string;
  /** The item's key, `HF-000123`. */
  readonly item: string;
  readonly type: string;
  readonly icon: string;
  readonly name: Bilingual;
  readonly note: Bilingual | null;
  readonly outcome:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'lent'; readonly due: string }
    | { readonly kind: 'returned'; readonly name: string; readonly late: boolean }
    | { readonly kind: 'taken-back' }
    | Refused;
}

/** A card holder, as the core knows one: no number, no full name. */
export interface CardHolder {
  readonly id: string;
  /** Masked. */
  readonly name: string;
}

export type OpenPhase = 'unknown' | 'card' | 'borrow' | 'return' | 'receipt';

/** The one conversation at the kiosk. Closing it forgets the person; what was recorded is in the ledger. */
export type Session =
  | { readonly phase: 'idle'; readonly serial: number }
  | {
      readonly phase: OpenPhase;
      /** Numbers lines and notices, never reused within one core process. */
      readonly serial: number;
      readonly holder: CardHolder | null;
      readonly lines: readonly SessionLine[];
      readonly notice: Notice | null;
      /** On the monotonic clock, milliseconds. */
      readonly endsAt: number;
    };

export type OpenSession = Exclude<Session, { phase: 'idle' }>;

export const SESSION_START: Session = { phase: 'idle', serial: 0 };

export type SessionInput =
  | { readonly kind: 'scan'; readonly text: string }
  | { readonly kind: 'card'; readonly holder: CardHolder }
  | { readonly kind: 'card-unreadable' }
  | { readonly kind: 'other-card' }
  /** The step before could not be recorded. */
  | { readonly kind: 'not-recorded' }
  | { readonly kind: 'act'; readonly action: SheetAction }
  /** Time has passed; the sheet may be over. */
  | { readonly kind: 'time' };

/** What the step may know of the world. Reading it changes nothing. */
export interface SessionFacts {
  readonly item: (key: string) => ItemState | null;
  readonly type: (key: string) => ItemType | null;
  /** How many items of a type a borrower has on loan, as far as this terminal knows. */
  readonly holding: (borrower: string, type: string) => number;
  /** How many items a borrower has that are overdue, as far as this terminal knows. */
  readonly overdue: (borrower: string) => number;
  readonly blocked: (borrower: string) => BorrowerState['blocked'];
  /** Reservations of a type at this station. */
  readonly reservations: (type: string) => readonly TypeReservation[];
  /** How many of a type are in stock at this station. */
  readonly stock: (type: string) => number;
  /** Whether this terminal is in touch with the server. */
  readonly online: boolean;
  /** This station's code. */
  readonly station: string;
  /** Zone, hours and special days of a station, as far as this terminal knows. */
  readonly calendar: (station: string) => Calendar;
  /** Milliseconds since 1970, corrected. */
  readonly now: number;
  /** Monotonic milliseconds. */
  readonly monotonic: number;
  readonly delays: SheetDelays;
}

/** What follows: record `drafts` first, and only when they are on the disk show `session`. */
export interface SessionStep {
  readonly session: Session;
  readonly drafts: readonly EventDraft[];
}
