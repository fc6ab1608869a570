import { err, ok, type Result, unreachable } from '../result.ts';
import type { LeafletState } from '../contract/leaflets.ts';

/**
 * The life of one version of a leaflet: draft -> submitted -> approved -> published -> withdrawn. A version that a newer
 * one takes the place of is `replaced`; one that was withdrawn or replaced never comes back, for its number is that of
 * what people have read: whoever wants it again makes the next version of it.
 */
export const LIFE_ACTS = [
  /** The text is changed. */
  'save',
  /** Thrown away: nothing is left of it. */
  'discard',
  'submit',
  /** Back to its editors, with the reason. */
  'send-back',
  'approve',
  /** A release has it. Published again it stays so. */
  'publish',
  /** A newer version of the same leaflet was approved or published. */
  'replace',
  /** Out of the next release, with the reason. */
  'withdraw',
] as const;
export type LifeAct = (typeof LIFE_ACTS)[number];

/** What a version is before it is made, and after it was discarded. */
export type Life = LeafletState | 'gone';

function next(state: LeafletState, act: LifeAct): Life | null {
  switch (act) {
    case 'save':
      return state === 'draft' ? 'draft' : null;
    case 'discard':
      return state === 'draft' ? 'gone' : null;
    case 'submit':
      return state === 'draft' ? 'submitted' : null;
    case 'send-back':
      // An approval that was a mistake can be taken back as long as no release has it.
      return state === 'submitted' || state === 'approved' ? 'draft' : null;
    case 'approve':
      return state === 'submitted' ? 'approved' : null;
    case 'publish':
      return state === 'approved' || state === 'published' ? 'published' : null;
    case 'replace':
      return state === 'approved' || state === 'published' ? 'replaced' : null;
    case 'withdraw':
      return state === 'approved' || state === 'published' ? 'withdrawn' : null;
    default:
      return unreachable(act);
  }
}

/** The state after an act, or the state that it is in where the act is not for that. */
export function live(state: LeafletState, act: LifeAct): Result<Life, LeafletState> {
  const after = next(state, act);
  return after === null ? err(state) : ok(after);
}

/** Whether there is still something to do with a version before another may be begun: one at a time is worked on. */
export function isInWork(state: LeafletState): boolean {
  return state === 'draft' || state === 'submitted';
}

/** Whether the next release has it. */
export function isPublishable(state: LeafletState): boolean {
  return state === 'approved' || state === 'published';
}

/** Whoever saved a version never approves it: `editors` are all who did. */
export function mayApprove(account: string, editors: readonly string[]): boolean {
  return !editors.includes(account);
}
