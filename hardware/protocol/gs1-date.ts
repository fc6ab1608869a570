/** A date, and maybe a time, in a GS1 element string. There is no time zone: it is local to whoever wrote it. */
export interface Gs1Moment {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** False where only year and month were given: `date` is then the month's last day. */
  readonly isDayGiven: boolean;
  /** `HH:MM` or `HH:MM:SS`, of 8008 also `HH`; null where none was given. */
  readonly time: string | null;
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function dateIn(year: number, monthAndDay: string): Omit<Gs1Moment, 'time'> | null {
  const month = Number(monthAndDay.slice(0, 2));
  const given = Number(monthAndDay.slice(2));
  if (month < 1 || month > 12 || given > daysIn(year, month)) return null;
  const isDayGiven = given > 0;
  const parts = [String(year).padStart(4, '0'), month, isDayGiven ? given : daysIn(year, month)];
  return { date: parts.map((part) => String(part).padStart(2, '0')).join('-'), isDayGiven };
}

/** Two digits of a year are the year nearest to this one: 49 back to 50 ahead (GS1 General Specifications 7.12). */
function yearOf(twoDigits: string, thisYear: number): number {
  const year = thisYear - (thisYear % 100) + Number(twoDigits);
  if (year - thisYear >= 51) return year - 100;
  return year - thisYear <= -50 ? year + 100 : year;
}

/**
 * `YYMMDD` or `YYYYMMDD` -> the date, seen from a year. Day 00 stands for the whole month and is read as its last day (GS1
 * General Specifications 3.4.2 and following). Null where there is no such day.
 */
export function gs1Date(digits: string, thisYear: number): Omit<Gs1Moment, 'time'> | null {
  if (/^\d{8}$/.test(digits)) return dateIn(Number(digits.slice(0, 4)), digits.slice(4));
  if (!/^\d{6}$/.test(digits)) return null;
  return dateIn(yearOf(digits.slice(0, 2), thisYear), digits.slice(2));
}

/** Whether there can be such a day, whichever century it is in: the 29th of February of a year 00 may be one of 2000. */
export function isGs1Date(digits: string, mayLackDay: boolean): boolean {
  const date = gs1Date(digits, 2000);
  return date !== null && (mayLackDay || date.isDayGiven);
}
