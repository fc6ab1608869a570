import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { dueAt, effectiveDue } from '#shared/lending/due.ts';
import { parseHours, parseWeek } from '#shared/lending/hours-text.ts';
import { calendarOf } from '#shared/lending/next-opening.ts';
import type { Calendar } from '#shared/lending/opening-hours.ts';
import type { Result } from '#shared/result.ts';

const days = z.record(z.iso.date(), z.string());
const place = { zone: z.string(), hours: z.string().optional(), days: days.optional() };
const time = z.iso.datetime({ offset: true });

/** A question: when a new loan is due, or when one is due by the hours as they are now. */
const questionSchema = z.union([
  z.strictObject({ period: z.string(), lent: time, ...place }),
  z.strictObject({ told: time, ...place }),
]);
type Question = z.infer<typeof questionSchema>;

const answered = { why: z.string(), due: z.string() };
/** The form of test/cases/due.json. */
export const dueCasesSchema = z.array(
  z.union([
    z.strictObject({ ...answered, period: z.string(), lent: time, ...place }),
    z.strictObject({ ...answered, told: time, ...place }),
  ]),
);

function need<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function calendarFrom({ zone, hours, days: special = {} }: Question): Calendar {
  const week = hours === undefined ? null : need(parseWeek(hours));
  const parsed = Object.entries(special).map(([day, text]) => [day, need(parseHours(text))] as const);
  const calendar = calendarOf({ zone, week, days: Object.fromEntries(parsed) }, null, '');
  if (calendar.zone === '') throw new Error(`not a time zone: ${zone}`);
  return calendar;
}

/** When it is due, ISO 8601 with offset. Throws on hours or a zone that can't be read. */
export function answerDue(question: Question): string {
  const calendar = calendarFrom(question);
  return 'told' in question
    ? effectiveDue(question.told, calendar)
    : dueAt(question.period, Date.parse(question.lent), calendar);
}

function runFile(path: string, out: (line: object) => void): number {
  let wrong = 0;
  for (const { why, due, ...question } of dueCasesSchema.parse(JSON.parse(readFileSync(path, 'utf8')))) {
    const got = answerDue(question);
    if (got !== due) wrong += 1;
    out({ why, due: got, expected: due, ok: got === due });
  }
  return wrong === 0 ? 0 : 1;
}

/**
 * `due --period P3D --lent ISO --zone Z [--hours "mon-fri 07:00-22:00; sat 08:00-12:00"] [--day 2026-10-01=closed]`, or
 * `--told ISO` for a loan whose borrower was told so, or `due FILE.json` for cases.
 */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { period: text, lent: text, told: text, zone: text, hours: text, day: { ...text, multiple: true } },
  });
  const [file] = positionals;
  if (file !== undefined) return runFile(file, out);
  const { day, ...given } = values;
  const special = Object.fromEntries((day ?? []).map((each) => each.split('=', 2)));
  const question = questionSchema.safeParse({ ...given, ...(day === undefined ? {} : { days: special }) });
  if (!question.success) throw new Error('it takes --period and --lent, or --told; and --zone (docs/tools.md)');
  out({ due: answerDue(question.data) });
  return 0;
}
