import { err, ok, type Result } from '../result.ts';
import { hoursSchema, WEEKDAYS, type Week } from './opening-hours.ts';

function hoursOf(words: readonly string[]): readonly string[] | null {
  if (words.length === 1 && words[0] === 'closed') return [];
  const hours = hoursSchema.safeParse(words);
  return hours.success && words.length > 0 ? hours.data : null;
}

/** The hours of one day as people write them: `08:00-12:00 14:00-18:00`, or `closed`. */
export function parseHours(text: string): Result<readonly string[], string> {
  const hours = hoursOf(text.trim().split(/\s+/));
  return hours === null ? err(`not the hours of a day: ${text}`) : ok(hours);
}

/** The hours of a week as people write them: `mon-fri 07:00-22:00; sat 08:00-12:00`. Days that are left out are closed. */
export function parseWeek(text: string): Result<Week, string> {
  const week: Record<string, string[]> = {};
  for (const part of text.split(';')) {
    const [days = '', ...words] = part.trim().split(/\s+/);
    const [first = '', last = first] = days.split('-');
    const from = WEEKDAYS.findIndex((day) => day === first);
    const to = WEEKDAYS.findIndex((day) => day === last);
    const hours = hoursOf(words);
    if (from < 0 || to < from || hours === null) return err(`not the hours of a week: ${part.trim()}`);
    for (const day of WEEKDAYS.slice(from, to + 1)) week[day] = [...hours];
  }
  const { mon = [], tue = [], wed = [], thu = [], fri = [], sat = [], sun = [] } = week;
  return ok({ mon, tue, wed, thu, fri, sat, sun });
}
