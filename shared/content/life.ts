import { err, ok, type Result } from '../result.ts';

/**
 * The life of one version of a leaflet: draft -> submitted -> approved -> replaced (a later one was approved) or withdrawn. A submitted
 * one may be sent back. Nobody approves what they have written.
 */
export const LEAFLET_STATES = ['draft', 'submitted', 'approved', 'replaced', 'withdrawn'] as const;
export type LeafletState = (typeof LEAFLET_STATES)[number];

export const LEAFLET_STEPS = ['save', 'discard', 'submit', 'send-back', 'approve', 'withdraw', 'replace'] as const;
export type LeafletStep = (typeof LEAFLET_STEPS)[number];

interface Rule {
  readonly from: LeafletState;
  /** Null: there is no such version any more. */
  readonly to: LeafletState | null;
}

const RULES: Readonly<Record<LeafletStep, Rule>> = {
  save: { from: 'draft', to: 'draft' },
  discard: { from: 'draft', to: null },
  submit: { from: 'draft', to: 'submitted' },
  'send-back': { from: 'submitted', to: 'draft' },
  approve: { from: 'submitted', to: 'approved' },
  withdraw: { from: 'approved', to: 'withdrawn' },
  replace: { from: 'approved', to: 'replaced' },
};

export type LifeFault = 'wrong-state' | 'own-work';

/** What a version becomes by this step, done by `by`; `writers` are all who have saved it. */
export function stepLeaflet(
  state: LeafletState,
  step: LeafletStep,
  by: string,
  writers: readonly string[],
): Result<LeafletState | null, LifeFault> {
  const rule = RULES[step];
  if (rule.from !== state) return err('wrong-state');
  return step === 'approve' && writers.includes(by) ? err('own-work') : ok(rule.to);
}

/** While a version is one of these, no next one is begun: two drafts of one leaflet would overwrite each other. */
export function isOpen(state: LeafletState): boolean {
  return state === 'draft' || state === 'submitted';
}
