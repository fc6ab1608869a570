import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEAFLET_STATES, LEAFLET_STEPS, type LeafletState, stepLeaflet } from '#shared/content/life.ts';

const steps = fc.array(
  fc.record({ step: fc.constantFrom(...LEAFLET_STEPS), by: fc.constantFrom('an-editor', 'another', 'a-reviewer') }),
  { maxLength: 40 },
);

describe('the life of a version', () => {
  test('whatever people try: nothing is approved that was not submitted, or by one who wrote it', () => {
    fc.assert(
      fc.property(steps, (tried) => {
        let state: LeafletState | null = 'draft';
        let writers = ['an-editor'];
        const approvals: [LeafletState, boolean][] = [];
        for (const { step, by } of tried) {
          if (state === null) break;
          const before: LeafletState = state;
          const next = stepLeaflet(before, step, by, writers);
          if (!next.ok) continue;
          if (step === 'save') writers = [...writers, by];
          if (next.value === 'approved') approvals.push([before, writers.includes(by)]);
          state = next.value;
        }
        expect(approvals.every(([from, own]) => from === 'submitted' && !own)).toBe(true);
      }),
    );
  });

  test('what is over stays over', () => {
    for (const state of ['replaced', 'withdrawn'] as const) {
      for (const step of LEAFLET_STEPS) expect(stepLeaflet(state, step, 'anybody', []).ok).toBe(false);
    }
  });

  test('only a draft is changed or thrown away', () => {
    for (const state of LEAFLET_STATES) {
      expect(stepLeaflet(state, 'save', 'an-editor', []).ok).toBe(state === 'draft');
      expect(stepLeaflet(state, 'discard', 'an-editor', []).ok).toBe(state === 'draft');
    }
  });
});
