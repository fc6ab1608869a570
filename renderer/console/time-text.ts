import { LOCALES, type Language, type Translate } from '#shared/i18n/translate.ts';
import type { consoleMessages } from '#shared/i18n/console-messages.ts';

type T = Translate<typeof consoleMessages>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The zone in which the console shows times: all stations of the community share it. */
export const ZONE = 'Asia/Shanghai';

function civilDay(ms: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(ms);
}

/** A moment in milliseconds since 1970 as `11月25日 23:59` or `25 Nov, 23:59`; with the year where it is not this one's. */
export function dateTimeText(language: Language, ms: number, nowMs: number, zone: string = ZONE): string {
  const sameYear = civilDay(ms, zone).slice(0, 4) === civilDay(nowMs, zone).slice(0, 4);
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: zone,
    ...(sameYear ? {} : { year: 'numeric' }),
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
}

/** `14:25:07` on the day of `nowMs`, else with the date. */
export function clockText(language: Language, ms: number, nowMs: number, zone: string = ZONE): string {
  if (civilDay(ms, zone) !== civilDay(nowMs, zone)) return dateTimeText(language, ms, nowMs, zone);
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
}

/** How long ago `ms` was: `2 分钟前`. A moment ahead of `nowMs` (clocks differ) is just now; from 30 days on, the date. */
export function agoText(t: T, language: Language, ms: number, nowMs: number): string {
  const past = nowMs - ms;
  if (past < MINUTE) return t('time.now');
  if (past < HOUR) return t('time.minutes', { count: Math.floor(past / MINUTE) });
  if (past < DAY) return t('time.hours', { count: Math.floor(past / HOUR) });
  if (past < 30 * DAY) return t('time.days', { count: Math.floor(past / DAY) });
  return dateTimeText(language, ms, nowMs);
}

/** By how much `dueMs` is past, in the largest whole unit: `逾期 2 天`; at least one minute. */
export function lateText(t: T, dueMs: number, nowMs: number): string {
  const late = nowMs - dueMs;
  if (late < HOUR) return t('late.minutes', { count: Math.max(1, Math.floor(late / MINUTE)) });
  if (late < DAY) return t('late.hours', { count: Math.floor(late / HOUR) });
  return t('late.days', { count: Math.floor(late / DAY) });
}
