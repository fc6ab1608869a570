import type { Bilingual } from '../bilingual.ts';
import type { LedgerEvent } from './event.ts';
import { eventBodies } from './event-types.ts';

/** What is used up and only counted. */
export interface SupplyState {
  readonly kind: 'supply';
  readonly name: Bilingual | null;
  readonly count: number;
}

export const SUPPLY_UNKNOWN: SupplyState = { kind: 'supply', name: null, count: 0 };

/** Counters; a count replaces what came before it in order. */
export function foldSupply(state: SupplyState, event: LedgerEvent): SupplyState {
  if (event.v !== 1) return state;
  switch (event.type) {
    case 'supply.counted': {
      const body = eventBodies['supply.counted'][1].safeParse(event.body);
      return body.success ? { ...state, name: body.data.name, count: body.data.count } : state;
    }
    case 'supply.taken': {
      const body = eventBodies['supply.taken'][1].safeParse(event.body);
      return body.success ? { ...state, count: state.count - body.data.count } : state;
    }
    case 'supply.refilled': {
      const body = eventBodies['supply.refilled'][1].safeParse(event.body);
      return body.success ? { ...state, count: state.count + body.data.count } : state;
    }
    default:
      return state;
  }
}
