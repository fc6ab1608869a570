import { parseHlc } from './clock.ts';
import type { BodyOf } from './event-types.ts';
import type { LedgerEvent } from './event.ts';
import { contradiction, endLoan, isGone, type ItemState, type Loan, seenAt, setAside } from './item-state.ts';

/** So many reservations an item keeps, the latest; those that are over are dropped anyway. */
const RESERVATIONS = 20;

function saidNo(answers: readonly { readonly yes: boolean }[]): boolean {
  return answers.some(({ yes }) => !yes);
}

/** Whoever reserved it has it now; whoever else was promised it for this moment must be told. */
function collectReservation(state: ItemState, borrower: string, event: LedgerEvent): ItemState {
  const { ms } = parseHlc(event.hlc);
  const now = state.reservations.filter(({ from, until }) => Date.parse(from) <= ms && ms < Date.parse(until));
  const passedOver = now.find((reservation) => reservation.borrower !== borrower);
  const collected = now.filter((reservation) => reservation.borrower === borrower);
  const next = { ...state, reservations: state.reservations.filter((each) => !collected.includes(each)) };
  return passedOver === undefined ? next : contradiction(next, 'reservation-clash', event, passedOver.id);
}

export function lend(state: ItemState, body: BodyOf<'item.lent'>, event: LedgerEvent): ItemState {
  const { borrower, name, due, station, override, answers = [] } = body;
  let next = state;
  if (state.loan !== null) {
    next = endLoan(contradiction(state, 'lent-twice', event, state.loan.id), 'superseded', event);
  } else if (isGone(state)) {
    next = contradiction(state, 'lent-while-lost', event);
  } else if (state.condition !== 'good' && override === undefined) {
    next = contradiction(state, 'lent-while-aside', event);
  }
  next = collectReservation(seenAt(next, station, event), borrower, event);
  const loan: Loan = {
    id: event.id,
    borrower,
    name,
    due,
    since: event.hlc,
    station,
    renewals: 0,
    missing: [],
    override: override?.reason ?? null,
  };
  next = { ...next, loan, found: null };
  return saidNo(answers) ? setAside(next) : next;
}

export function takeBack(state: ItemState, body: BodyOf<'item.returned'>, event: LedgerEvent): ItemState {
  const { station, undone, answers } = body;
  const missing = undone ? [] : [...new Set(body.missing)].sort();
  let next = state;
  if (state.loan === null && state.transfer === null && !isGone(state)) {
    next = contradiction(state, 'returned-unlent', event);
  }
  next = seenAt(next, station, event);
  if (next.loan !== null && missing.length > 0) {
    next = { ...next, loan: { ...next.loan, missing } };
  } else {
    next = endLoan(next, undone ? 'undone' : 'returned', event);
    if (missing.length > 0) next = setAside(next);
  }
  return saidNo(answers) ? setAside(next) : next;
}

/** A renewal never takes time away from the borrower. */
export function renew(state: ItemState, body: BodyOf<'item.renewed'>, event: LedgerEvent): ItemState {
  const { loan } = state;
  if (loan === null || loan.id !== body.loan) return contradiction(state, 'renewed-unlent', event, body.loan);
  const due = Date.parse(body.due) > Date.parse(loan.due) ? body.due : loan.due;
  return { ...state, loan: { ...loan, due, renewals: loan.renewals + 1 } };
}

export function reserve(state: ItemState, body: BodyOf<'item.reserved'>, event: LedgerEvent): ItemState {
  const { borrower, name, station, from, until } = body;
  const { ms } = parseHlc(event.hlc);
  const open = state.reservations.filter((each) => Date.parse(each.until) > ms);
  const clash = open.find(
    (each) =>
      each.borrower !== borrower &&
      Date.parse(each.from) < Date.parse(until) &&
      Date.parse(from) < Date.parse(each.until),
  );
  const reservation = { id: event.id, borrower, name, station, from, until };
  const next = { ...state, reservations: [...open, reservation].slice(-RESERVATIONS) };
  return clash === undefined ? next : contradiction(next, 'reservation-clash', event, clash.id);
}
