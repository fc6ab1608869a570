import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTries } from '#server/console/tries.ts';

test('never more than so many tries in a pause, and always again after one', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('try' as const), key: fc.constantFrom('a', 'b') }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 400 }) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      let ms = 0;
      const tries = createTries({ most: 3, pauseMs: 1000, now: () => ms });
      const allowed = new Map<string, number[]>([
        ['a', []],
        ['b', []],
      ]);
      for (const each of acts) {
        if (each.kind === 'pass') ms += each.ms;
        else if (tries.take(each.key)) allowed.get(each.key)?.push(ms);
      }
      for (const times of allowed.values()) {
        // Windows begin with a try; two that follow each other share no try.
        const most = Math.max(0, ...times.map((time) => times.filter((at) => at >= time && at <= time + 1000).length));
        expect(most).toBeLessThanOrEqual(6);
      }
      ms += 1001;
      expect([tries.take('a'), tries.take('b')]).toEqual([true, true]);
    }),
  );
});

test('what was right makes what was wrong before count no more', () => {
  const tries = createTries({ most: 2, pauseMs: 1000, now: () => 0 });
  expect([tries.take('a'), tries.take('a'), tries.take('a')]).toEqual([true, true, false]);
  tries.forget('a');
  expect(tries.take('a')).toBe(true);
});
