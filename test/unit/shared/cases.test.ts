import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseFileSchema, runCase } from '../../../scripts/tool/case-file.ts';
import { answerDue, dueCasesSchema } from '../../../scripts/tool/due.ts';

const FOLDER = join(import.meta.dirname, '../../cases');
const DUE = 'due.json';
/** Files in the form that `replay` takes; docs/lending-rules.md says what each is about. */
const LEDGER_CASES = [
  'definitions',
  'item-corrections',
  'item-reservations',
  'item-table',
  'item-transfers',
  'judge-lending',
  'judge-renewal',
  'judge-return',
  'kits-and-questions',
  'loan-due',
  'merged-knowledge',
  'redistribution',
  'stocktake',
  'supplies',
];

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}

describe('due.json', () => {
  it.each(dueCasesSchema.parse(read(DUE)))('$why', (each) => {
    expect(answerDue(each)).toBe(each.due);
  });
});

describe.each(LEDGER_CASES.map((name) => `${name}.json`))('%s', (file) => {
  it.each(caseFileSchema.parse(read(file)))('$why', (each) => {
    const { wrong, states, answer } = runCase(each);
    expect({ wrong, states, answer }).toEqual({ wrong: [], states, answer });
  });

  it('comes to the same whatever order the events arrive in', () => {
    for (const each of caseFileSchema.parse(read(file))) {
      const { events } = each;
      const backwards = runCase({ ...each, arrival: events.map(({ id }) => id).toReversed() });
      expect([each.why, ...backwards.wrong]).toEqual([each.why]);
    }
  });
});
