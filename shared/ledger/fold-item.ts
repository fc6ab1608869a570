import { unreachable } from '../result.ts';
import type { BodyOf } from './event-types.ts';
import type { LedgerEvent } from './event.ts';
import { withoutException } from './exception.ts';
import { lend, renew, reserve, takeBack } from './fold-item-loan.ts';
import { contradiction, endLoan, isGone, type ItemState, seenAt, withStatus } from './item-state.ts';
import { type ReadBody, readBody } from './upcast.ts';

function register(state: ItemState, { type, home, note }: BodyOf<'item.registered'>): ItemState {
  return { ...state, type, home, note: note ?? null, station: state.station ?? home };
}

/** Seen where it is not on loan. What is on loan stays so, until a person finds out which of the two is wrong. */
function see(state: ItemState, station: string, event: LedgerEvent): ItemState {
  if (state.loan === null) return seenAt(state, station, event);
  // Of a kit whose parts are out the rest is here.
  if (state.loan.missing.length > 0) return { ...state, station };
  return contradiction(state, 'counted-while-lent', event, state.loan.id);
}

function mark(state: ItemState, { as, station }: BodyOf<'item.marked'>, event: LedgerEvent): ItemState {
  switch (as) {
    case 'lost':
      return { ...endLoan(state, 'lost', event), condition: 'lost', transfer: null, found: null };
    case 'found':
      if (station !== undefined) return see(state, station, event);
      return isGone(state) ? { ...state, condition: 'good', found: { event: event.id, station: null } } : state;
    case 'damaged':
    case 'set-aside':
    case 'retired':
    case 'repaired': {
      const here = station === undefined || state.loan !== null ? state : seenAt(state, station, event);
      return { ...here, condition: as === 'repaired' ? 'good' : as };
    }
    default:
      return unreachable(as);
  }
}

function openTransfer(state: ItemState, body: BodyOf<'item.transfer-opened'>, event: LedgerEvent): ItemState {
  if (state.loan !== null) return contradiction(state, 'moved-while-lent', event, state.loan.id);
  const before = state.transfer === null ? state : contradiction(state, 'transfer-twice', event, state.transfer.id);
  const { from, to } = body;
  return { ...seenAt(before, from, event), transfer: { id: event.id, from, to, since: event.hlc } };
}

function cancelTransfer(state: ItemState, { transfer }: BodyOf<'item.transfer-cancelled'>): ItemState {
  return state.transfer?.id === transfer ? { ...state, transfer: null } : state;
}

function step(state: ItemState, read: ReadBody, event: LedgerEvent): ItemState {
  switch (read.type) {
    case 'item.registered':
      return register(state, read.body);
    case 'item.lent':
      return lend(state, read.body, event);
    case 'item.returned':
      return takeBack(state, read.body, event);
    case 'item.renewed':
      return renew(state, read.body, event);
    case 'item.marked':
      return mark(state, read.body, event);
    case 'item.counted': {
      const { station, stocktake } = read.body;
      return { ...see(state, station, event), counted: { stocktake, station } };
    }
    case 'item.transfer-opened':
      return openTransfer(state, read.body, event);
    case 'item.transfer-cancelled':
      return cancelTransfer(state, read.body);
    case 'item.transfer-received':
      return see(state, read.body.station, event);
    case 'item.reserved':
      return reserve(state, read.body, event);
    case 'item.reservation-ended':
      return { ...state, reservations: state.reservations.filter(({ id }) => id !== read.body.reservation) };
    case 'item.undone':
      // Where the event it names is known, both are left out before they come here.
      return contradiction(state, 'undone-unknown', event, read.body.event);
    case 'item.settled':
      return { ...state, exceptions: withoutException(state.exceptions, read.body.exception) };
    default:
      return state;
  }
}

/** The table "Lending rules" of ledger.md. Facts are never refused: what contradicts becomes an exception. */
export function foldItem(state: ItemState, event: LedgerEvent): ItemState {
  const read = readBody(event);
  if (read === 'unknown') return state;
  if (read === 'unreadable') return contradiction(state, 'unreadable', event);
  return withStatus(step(state, read, event));
}
