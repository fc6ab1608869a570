import type { Bilingual } from '#shared/bilingual.ts';
import type { Notice } from '#shared/contract/kiosk.ts';

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
    | { readonly kind: 'refused'; readonly reason: 'limit'; readonly limit: number };
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
