import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isInWork, isPublishable, LIFE_ACTS, live, type LifeAct, mayApprove } from '#shared/content/life.ts';
import { LEAFLET_STATES, type LeafletState } from '#shared/contract/leaflets.ts';

/** Every act that is for a state, and where it leads. All others leave it as it is. */
const TABLE: readonly (readonly [LeafletState, LifeAct, LeafletState | 'gone'])[] = [
  ['draft', 'save', 'draft'],
  ['draft', 'discard', 'gone'],
  ['draft', 'submit', 'submitted'],
  ['submitted', 'send-back', 'draft'],
  ['submitted', 'approve', 'approved'],
  ['approved', 'send-back', 'draft'],
  ['approved', 'publish', 'published'],
  ['approved', 'replace', 'replaced'],
  ['approved', 'withdraw', 'withdrawn'],
  ['published', 'publish', 'published'],
  ['published', 'replace', 'replaced'],
  ['published', 'withdraw', 'withdrawn'],
];

describe('every state and every act', () => {
  const all = LEAFLET_STATES.flatMap((state) => LIFE_ACTS.map((act) => [state, act] as const));
  it.each(all)('%s, %s', (state, act) => {
    const row = TABLE.find(([from, by]) => from === state && by === act);
    expect(live(state, act)).toEqual(row === undefined ? { ok: false, error: state } : { ok: true, value: row[2] });
  });
});

/** The states that a version goes through by some acts, those refused left out. */
function path(acts: readonly LifeAct[]): { readonly states: LeafletState[]; readonly done: LifeAct[] } {
  const states: LeafletState[] = ['draft'];
  const done: LifeAct[] = [];
  for (const act of acts) {
    const after = live(states.at(-1) ?? 'draft', act);
    if (!after.ok) continue;
    done.push(act);
    if (after.value === 'gone') break;
    states.push(after.value);
  }
  return { states, done };
}

const lives = fc.array(fc.constantFrom(...LIFE_ACTS), { maxLength: 40 });

test('nothing is published that was not approved after its last change', () => {
  fc.assert(
    fc.property(lives, (acts) => {
      const { done } = path(acts);
      const published = done.indexOf('publish');
      if (published === -1) return;
      const before = done.slice(0, published);
      const approved = before.lastIndexOf('approve');
      expect(approved).toBeGreaterThan(Math.max(before.lastIndexOf('save'), before.lastIndexOf('send-back')));
      expect(before.lastIndexOf('submit')).toBeGreaterThan(before.lastIndexOf('save'));
    }),
    { numRuns: 2000 },
  );
});

test('what was once published is never changed and never comes back', () => {
  fc.assert(
    fc.property(lives, (acts) => {
      const { states } = path(acts);
      const published = states.indexOf('published');
      if (published === -1) return;
      const after = states.slice(published);
      expect(after.some((state) => isInWork(state))).toBe(false);
      // Only its last state may be an end.
      expect(after.slice(0, -1).every((state) => isPublishable(state))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('who saved a version never approves it', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (others, account) => {
      expect(mayApprove(account, [...others, account])).toBe(false);
      expect(
        mayApprove(
          account,
          others.filter((other) => other !== account),
        ),
      ).toBe(true);
    }),
  );
});
