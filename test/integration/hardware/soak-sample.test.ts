import { expect, it } from 'vitest';
import { runSoak } from '../../../scripts/soak/run.ts';

it('a few rounds of the soak: every valid reading once, whatever went before', async () => {
  const { lanes, exitCode } = await runSoak({ seed: 3, hurry: 2, sampleMs: 1_000, goOn: (round) => round < 4 });
  expect(exitCode).toBe(0);
  expect(lanes.map(({ lane, sent }) => [lane, sent])).toEqual([
    ['scanner', 4],
    ['cardReader', 4],
    ['icCardReader', 4],
    ['tcpScanner', 4],
  ]);
  const checked = lanes.filter(({ isChecked }) => isChecked);
  expect(checked.map(({ neverShown }) => neverShown)).toEqual([0, 0]);
  const wrong = lanes.flatMap(({ missing, twice, stuck }) => [...missing, ...twice, ...stuck]);
  expect(wrong).toEqual([]);
});
