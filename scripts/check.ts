/** `npm run check`: types, lint, format, import rules, unused code and dependencies. All run; any failure fails. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const module_ = (path: string) => join(root, 'node_modules', path);

interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

const CHECKS: readonly Check[] = [
  { name: 'types: all', args: [module_('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
  { name: 'types: shared, without Node or DOM', args: [module_('typescript/bin/tsc'), '-p', 'shared'] },
  { name: 'types: renderer, without Node', args: [module_('typescript/bin/tsc'), '-p', 'renderer'] },
  { name: 'lint', args: [module_('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'format', args: [module_('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  {
    name: 'import rules',
    args: [
      module_('dependency-cruiser/bin/dependency-cruiser.mjs'),
      ...'--config .dependency-cruiser.json --output-type err'.split(' '),
      ...'shared hardware electron renderer server scripts test'.split(' '),
    ],
  },
  { name: 'unused code and dependencies', args: [module_('knip/bin/knip.js'), '--no-progress'] },
];

let failed = 0;
for (const { name, args } of CHECKS) {
  const started = performance.now();
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const good = done.status === 0;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (!good) {
    failed += 1;
    console.log(`${done.stdout}${done.stderr}`.trimEnd());
  }
}
process.exitCode = failed === 0 ? 0 : 1;
