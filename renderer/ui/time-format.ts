import { LOCALES, type Language } from '#shared/i18n/translate.ts';

/** How a due time is said; `time` and `day` are in the local form already. */
export type DueWords =
  | { readonly key: 'due.todayBy' | 'due.tomorrowBy' | 'due.pastToday'; readonly time: string }
  | { readonly key: 'due.today' | 'due.tomorrow' }
  | { readonly key: 'due.dayBy'; readonly day: string; readonly time: string }
  | { readonly key: 'due.day' | 'due.past'; readonly day: string };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are costly to make and a clock asks every second. */
function format(name: string, locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${locale} ${zone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
}

/** `10:24`, of the 24-hour day in both languages. */
export function formatTime(ms: number, zone: string, language: Language): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return format('time', LOCALES[language], zone, options).format(ms);
}

/** `11月25日`, `25 November`. */
export function formatDay(ms: number, zone: string, language: Language): string {
  return format('day', LOCALES[language], zone, { month: 'long', day: 'numeric' }).format(ms);
}

/** `星期三`, `Wed`: an English day has to stand beside a month. */
export function formatWeekday(ms: number, zone: string, language: Language): string {
  return format('weekday', LOCALES[language], zone, { weekday: language === 'zh' ? 'long' : 'short' }).format(ms);
}

/** Days since 1970 of the civil date in `zone`, so that dates can be counted apart. */
function civilDay(ms: number, zone: string): number {
  const iso = format('civil', 'en-CA', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}

/**
 * What to say of `due` (ISO 8601 with offset) at `nowMs`, as a message key with its values. A due time of 23:59 means the
 * whole day, so the time is left out; days from tomorrow on that end at another time keep theirs.
 */
export function dueWords(due: string, nowMs: number, zone: string, language: Language): DueWords {
  const dueMs = Date.parse(due);
  const daysAhead = civilDay(dueMs, zone) - civilDay(nowMs, zone);
  const time = formatTime(dueMs, zone, language);
  const day = formatDay(dueMs, zone, language);
  const wholeDay = formatTime(dueMs, zone, 'en') === '23:59';
  if (dueMs < nowMs) return daysAhead === 0 ? { key: 'due.pastToday', time } : { key: 'due.past', day };
  if (daysAhead === 0) return wholeDay ? { key: 'due.today' } : { key: 'due.todayBy', time };
  if (daysAhead === 1) return wholeDay ? { key: 'due.tomorrow' } : { key: 'due.tomorrowBy', time };
  return wholeDay ? { key: 'due.day', day } : { key: 'due.dayBy', day, time };
}
