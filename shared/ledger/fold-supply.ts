import type { Bilingual } from '../bilingual.ts';
import type { LedgerEvent } from './event.ts';
import { readBody } from './upcast.ts';

/** What is used up and only counted. */
export interface SupplyState {
  readonly kind: 'supply';
  readonly name: Bilingual | null;
  /** Below nothing where more was taken than was known to be there. */
  readonly count: number;
  /** At this count and below somebody should refill; null where nobody has said. */
  readonly low: number | null;
  /** The event that took more than there was; null while the count makes sense. */
  readonly beyond: string | null;
}

export const SUPPLY_UNKNOWN: SupplyState = { kind: 'supply', name: null, count: 0, low: null, beyond: null };

function counting(state: SupplyState, count: number, event: LedgerEvent): SupplyState {
  return { ...state, count, beyond: count < 0 ? (state.beyond ?? event.id) : null };
}

/** Counters; a count replaces what came before it in order. */
export function foldSupply(state: SupplyState, event: LedgerEvent): SupplyState {
  const read = readBody(event);
  if (typeof read === 'string') return state;
  switch (read.type) {
    case 'supply.defined':
      return { ...state, name: read.body.name, low: read.body.low };
    case 'supply.counted':
      return { ...counting(state, read.body.count, event), name: read.body.name ?? state.name };
    case 'supply.taken':
      return counting(state, state.count - read.body.count, event);
    case 'supply.refilled':
      return counting(state, state.count + read.body.count, event);
    default:
      return state;
  }
}
