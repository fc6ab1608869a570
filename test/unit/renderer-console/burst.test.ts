import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { gatherBursts } from '#renderer/console/burst.ts';

it('runs once for each burst, and never without a call', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (bursts) => {
      let runs = 0;
      const due: (() => void)[] = [];
      const call = gatherBursts(() => (runs += 1), 100, {
        set: (run) => {
          due.push(run);
          return 1;
        },
      });
      for (const calls of bursts) {
        for (let n = 0; n < calls; n += 1) call();
        for (const run of due.splice(0)) run();
      }
      expect(runs).toBe(bursts.filter((calls) => calls > 0).length);
    }),
  );
});
