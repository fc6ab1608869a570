import { expect, it } from 'vitest';
import { runSoak } from '../../../scripts/soak/run.ts';

const ROUNDS = 6;

it('a sample of `npm run soak`: through mishaps every valid reading is delivered exactly once', async () => {
  const { devices } = await runSoak({
    seed: 2,
    goesOn: (rounds) => rounds < ROUNDS,
    lookMs: 1_000,
  });
  for (const tally of Object.values(devices)) expect(tally).toMatchObject({ valid: ROUNDS, lost: 0, twice: 0 });
  const all = Object.values(devices);
  expect(
    all.reduce((sum, { unplugged, flooded, garbled, halved }) => sum + unplugged + flooded + garbled + halved, 0),
  ).toBeGreaterThan(0);
});
