/**
 * `npm run fuzz -- --seconds N [--seed S] [--target NAME] [--input HEX|HEX]`: every decoder of what comes from outside
 * (test/fuzz/targets.ts) on random, mutated and pieced inputs for N seconds in all, then its time and memory on long noise.
 * JSON lines: each finding, made small, with the command that tries it again; inputs a second of each target. Exit 1 where something was found.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runTarget } from '../test/fuzz/run.ts';
import { TARGETS } from '../test/fuzz/targets.ts';

const MODULE = pathToFileURL(join(import.meta.dirname, '../test/fuzz/targets.ts'));
const HANGS_AFTER_MS = 60_000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
    input: { type: 'string' },
  },
});
const seconds = z.coerce.number().min(1).parse(values.seconds);
const seed = z.coerce.number().int().parse(values.seed);
const targets = TARGETS.filter(({ name }) => values.target === undefined || name === values.target);
if (targets.length === 0) throw new Error(`--target wants one of ${TARGETS.map(({ name }) => name).join(', ')}`);

let found = 0;
let tried = 0;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

for (const target of targets) {
  const { name } = target;
  const ms = (seconds * 1000) / targets.length;
  const { inputs, findings } = await runTarget({
    module: MODULE,
    name,
    seed,
    ms,
    ...(values.input === undefined ? {} : { again: values.input }),
    hangsAfterMs: HANGS_AFTER_MS,
  });
  for (const finding of findings) {
    const how = finding.input === null ? ['--seed', String(seed)] : ['--input', finding.input];
    say({ kind: 'finding', ...finding, again: ['npm run fuzz -- --target', `'${name}'`, ...how].join(' ') });
  }
  if (values.input !== undefined && findings.length === 0) say({ kind: 'fine', target: name });
  say({ target: name, inputs, perSecond: Math.round((inputs * 1000) / ms), findings: findings.length });
  found += findings.length;
  tried += inputs;
}
if (values.input === undefined)
  say({ metric: 'fuzz', targets: targets.length, seconds, seed, inputs: tried, findings: found });
process.exitCode = found === 0 ? 0 : 1;
