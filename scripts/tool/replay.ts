import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseHlc } from '#shared/ledger/clock.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { exceptionsOf, fold } from '#shared/ledger/fold.ts';
import { caseFileSchema, runCase } from './case-file.ts';
import { eventsFromFile } from './event-files.ts';

function runCases(path: string, out: (line: object) => void): number {
  const results = caseFileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).map(runCase);
  for (const result of results) out(result);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

/**
 * `replay FILE.jsonl [--at ISO]`: folds events given in any order; a line a subject, sorted by subject. A file that ends
 * in `.json` holds cases (test/cases): a line a case, exit code 1 where one is not as expected.
 */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { at: { type: 'string' } } });
  const [file] = positionals;
  if (file === undefined) throw new Error('the file of events is missing');
  if (file.endsWith('.json')) return runCases(file, out);
  const until = values.at === undefined ? Number.POSITIVE_INFINITY : Date.parse(values.at);
  if (Number.isNaN(until)) throw new Error('--at wants a time in ISO 8601');

  const bySubject = new Map<string, Map<string, LedgerEvent>>();
  for (const event of eventsFromFile(file)) {
    if (parseHlc(event.hlc).ms > until) continue;
    const events = bySubject.get(event.subject) ?? new Map<string, LedgerEvent>();
    bySubject.set(event.subject, events.set(event.id, event));
  }
  for (const subject of [...bySubject.keys()].sort()) {
    const state = fold(subject, bySubject.get(subject)?.values() ?? []);
    if (state === null) console.error(`${subject}: a kind of subject that this version does not fold`);
    else out({ subject, state, exceptions: exceptionsOf(state).map(({ kind }) => kind) });
  }
  return 0;
}
