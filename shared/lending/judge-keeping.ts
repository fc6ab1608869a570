import type { ItemReservation, ItemState } from '../ledger/item-state.ts';
import { dueAt, effectiveDue, isOverdue } from './due.ts';
import type { ItemType } from './item-type.ts';
import {
  type BorrowerFacts,
  type PlaceFacts,
  refusalOfBlock,
  refusalOfOffline,
  refusalOfReservation,
  type Verdict,
} from './judge-lending.ts';
import type { Calendar } from './opening-hours.ts';
import { type Answer, openQuestions, saidNo } from './questions.ts';
import type { Refusal } from './refusal.ts';

/** Whether a borrower may keep an item for another period, counted from now. */
export function judgeRenewal(facts: BorrowerFacts & PlaceFacts): Verdict {
  const { item, type, calendar, nowMs, borrower } = facts;
  const due = dueAt(type.period, nowMs, calendar);
  const { loan } = item;
  if (loan === null || loan.borrower !== borrower) {
    return { refusals: [{ reason: 'not-theirs', help: 'ask-staff', override: false }], due };
  }
  const refusals: (Refusal | null)[] = [
    refusalOfBlock(facts, nowMs),
    refusalOfOffline(facts),
    loan.renewals >= type.renewals
      ? { reason: 'renewals-used', renewals: type.renewals, help: 'return-first', override: true }
      : null,
    isOverdue(loan.due, calendar, nowMs) ? { reason: 'overdue', count: 1, help: 'return-first', override: true } : null,
    refusalOfReservation(facts, due, false),
  ];
  return { refusals: refusals.filter((refusal) => refusal !== null), due };
}

export interface ReturnFacts {
  readonly item: ItemState;
  /** Null where this terminal does not know the type: the item is taken back all the same. */
  readonly type: ItemType | null;
  readonly station: string;
  /** Of the station that lent it. */
  readonly calendar: Calendar;
  readonly nowMs: number;
  /** Keys of the parts that did not come back. */
  readonly missing: readonly string[];
  readonly answers: readonly Answer[];
}

/** A return is never refused; this is what follows from it. */
export interface ReturnVerdict {
  readonly late: boolean;
  /** Where it goes: back on the shelf, aside for somebody to look at, or waiting for its missing parts. */
  readonly place: 'shelf' | 'aside' | 'waits-for-parts';
  /** What must still be asked. */
  readonly questions: ItemType['questions'];
  /** Its home station where that is another one. */
  readonly home: string | null;
  /** Who has reserved this very item for now. */
  readonly keptFor: ItemReservation | null;
}

export function judgeReturn(facts: ReturnFacts): ReturnVerdict {
  const { item, type, station, calendar, nowMs, missing, answers } = facts;
  const { loan, condition, home } = item;
  const here = item.reservations.find(
    (each) => each.station === station && Date.parse(each.from) <= nowMs && nowMs < Date.parse(each.until),
  );
  const aside = saidNo(answers) !== null || condition === 'damaged' || condition === 'set-aside';
  return {
    late: loan !== null && Date.parse(effectiveDue(loan.due, calendar)) < nowMs,
    place: loan !== null && missing.length > 0 ? 'waits-for-parts' : aside ? 'aside' : 'shelf',
    questions: type === null ? [] : [...openQuestions(type, 'return', answers)],
    home: home === station ? null : home,
    keptFor: here ?? null,
  };
}
