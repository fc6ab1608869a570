import { describe, expect, it } from 'vitest';
import { check } from '../../fuzz/checks.ts';
import { formatInput, makeInput, parseInput } from '../../fuzz/inputs.ts';
import { TARGETS as PLANTED } from '../../fuzz/planted.ts';
import { runTarget } from '../../fuzz/run.ts';
import { TARGETS } from '../../fuzz/targets.ts';
import { createRandom } from '../../sim/random.ts';

const INPUTS = 200;

describe('a sample of `npm run fuzz`', () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))('%s', (_name, target) => {
    const random = createRandom(1);
    const findings = Array.from({ length: INPUTS }, () => check(target, makeInput(random, target)));
    expect(findings.filter((finding) => finding !== null)).toEqual([]);
  });

  it('each target has a name of its own, and inputs are said so that they can be tried again', () => {
    expect(new Set(TARGETS.map(({ name }) => name)).size).toBe(TARGETS.length);
    const random = createRandom(2);
    for (const target of TARGETS) {
      const input = makeInput(random, target);
      expect(formatInput(parseInput(formatInput(input)))).toBe(formatInput(input));
    }
  });
});

describe('what is planted is found', () => {
  it.each(PLANTED.map(({ name }) => name))(
    '%s',
    async (name) => {
      const module = new URL('../../fuzz/planted.ts', import.meta.url);
      const { findings } = await runTarget({
        module,
        name,
        seed: 1,
        ms: 60_000,
        most: 20_000,
        // What only takes long must not be taken for hanging where the machine is busy.
        hangsAfterMs: name === 'hangs' ? 3_000 : 120_000,
      });
      expect(findings.map(({ what }) => what)).toContain(name.split(',')[0]);
    },
    240_000,
  );

  it.each(['hangs', 'throws'])('%s: what a finding says finds it again', async (name) => {
    const module = new URL('../../fuzz/planted.ts', import.meta.url);
    const options = {
      module,
      name,
      seed: 1,
      ms: 60_000,
      most: 20_000,
      hangsAfterMs: name === 'hangs' ? 3_000 : 30_000,
    };
    const input = (await runTarget(options)).findings.find(({ what }) => what === name)?.input ?? '';
    const { findings } = await runTarget({ ...options, again: input });
    expect(findings.map(({ what }) => what)).toContain(name);
  });

  it('with an input as small as it can be', () => {
    const target = PLANTED.find(({ name }) => name === 'throws');
    if (target === undefined) throw new Error('nothing is planted');
    const random = createRandom(3);
    let finding = null;
    while (finding === null) finding = check(target, makeInput(random, target));
    const { bytes } = parseInput(finding.input ?? '');
    expect([...bytes].toSorted((a, b) => a - b)).toEqual([0x5d, 0x96]);
    expect(check(target, parseInput(finding.input ?? ''))).toEqual(finding);
  });
});
