import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHeldCodes } from '#hardware/device/held-code.ts';

type Heard = readonly (readonly [code: string, at: number])[];

const shown = (of: 'last' | 'each', heard: Heard) => {
  const codes = createHeldCodes({ of, withinMs: 500 });
  return heard.filter(([code, at]) => !codes.hear(code, at)).map(([code, at]) => `${code}${at}`);
};

describe('a thing', () => {
  it('said again and again is shown once, however long it is held', () => {
    const held: Heard = Array.from({ length: 1_000 }, (_, index) => ['A', 50 * index]);
    expect(shown('each', held)).toEqual(['A0']);
    expect(shown('last', held)).toEqual(['A0']);
  });

  it('is shown anew after so long a silence, not after a shorter one', () => {
    const heard: Heard = [
      ['A', 0],
      ['A', 499],
      ['A', 998],
      ['A', 1498],
    ];
    expect(shown('each', heard)).toEqual(['A0', 'A1498']);
    expect(shown('last', heard)).toEqual(['A0', 'A1498']);
  });

  it('beside another is shown once by the rule of each, and anew after every other by the rule of the last', () => {
    const heard: Heard = [
      ['A', 0],
      ['B', 50],
      ['A', 100],
      ['B', 150],
    ];
    expect(shown('each', heard)).toEqual(['A0', 'B50']);
    expect(shown('last', heard)).toEqual(['A0', 'B50', 'A100', 'B150']);
  });
});

it('agrees with a look at the whole past, at any times', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.nat(700)), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.constantFrom('last' as const, 'each' as const), (gaps, of) => {
      let now = 0;
      const heard = gaps.map(([code, gap]) => {
        now += gap;
        return [code, now] as const;
      });
      const expected = heard.filter(([code, at], index) => {
        const past = heard.slice(0, index);
        const before = of === 'last' ? past.at(-1) : past.findLast(([other]) => other === code);
        return before?.[0] !== code || at - before[1] >= 500;
      });
      expect(shown(of, heard)).toEqual(expected.map(([code, at]) => `${code}${at}`));
    }),
  );
});
