import type { Refusal } from '#shared/lending/refusal.ts';
import { unreachable } from '#shared/result.ts';
import type { SessionLine } from './session.ts';

/** What the kiosk says of a refusal: less than the rules know, since it speaks to a resident. */
export function refusedOutcome(refusal: Refusal): SessionLine['outcome'] {
  const kind = 'refused';
  switch (refusal.reason) {
    case 'limit':
      return { kind, reason: 'limit', limit: refusal.limit };
    case 'overdue':
      return { kind, reason: 'overdue', count: refusal.count };
    case 'blocked':
    case 'reserved':
    case 'unattended':
    case 'offline':
      return { kind, reason: refusal.reason };
    case 'on-loan':
    case 'lost':
    case 'retired':
    case 'damaged':
    case 'set-aside':
    case 'in-transfer':
    case 'parts-missing':
    case 'answered-no':
    case 'renewals-used':
    case 'not-theirs':
      return { kind, reason: 'aside' };
    default:
      return unreachable(refusal);
  }
}
