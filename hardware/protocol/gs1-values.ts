import { gs1Date, type Gs1Moment } from './gs1-date.ts';
import type { Gs1Element } from './gs1-elements.ts';
import { RULES, splitValue, type Gs1Rule } from './gs1-format.ts';
import { decimalsOf, gs1Format } from './gs1-identifiers.ts';

/** What a value means. */
export type Gs1Value =
  /** `decimal` as `1.250`, never with an exponent: it may have more digits than a number keeps. `currency` is ISO 4217's. */
  | { readonly kind: 'decimal'; readonly decimal: string; readonly currency: string | null }
  | { readonly kind: 'count'; readonly count: number }
  /** One, or the first and last of a harvest (7007). */
  | { readonly kind: 'dates'; readonly dates: readonly Gs1Moment[] }
  | { readonly kind: 'text'; readonly text: string };

const COUNTS = new Set(['30', '37']);
const DATES: ReadonlySet<Gs1Rule> = new Set([RULES.day, RULES.monthOrDay]);
const TIMES: ReadonlySet<Gs1Rule> = new Set([RULES.hourAndMinute, RULES.hour, RULES.minuteOrSecond]);

function decimalIn(digits: string, decimals: number): string {
  const padded = digits.padStart(decimals + 1, '0');
  const whole = padded.slice(0, padded.length - decimals).replace(/^0+(?=\d)/, '');
  return decimals === 0 ? whole : `${whole}.${padded.slice(-decimals)}`;
}

/** The dates of a value whose format has some; null where it has none, or one that is no day seen from this year. */
function datesIn({ ai, value }: Gs1Element, thisYear: number): Gs1Moment[] | null {
  const dates: Gs1Moment[] = [];
  let time = '';
  for (const { part, text } of splitValue(gs1Format(ai) ?? [], value)) {
    if (part.rule === null) return null;
    if (DATES.has(part.rule)) {
      const date = gs1Date(text, thisYear);
      if (date === null) return null;
      dates.push({ ...date, time: null });
    } else if (TIMES.has(part.rule)) time += text;
    else return null;
  }
  const clock = time.match(/\d\d/g)?.join(':') ?? null;
  return dates.length === 0 ? null : dates.map((date) => ({ ...date, time: clock }));
}

/**
 * The value of an element from `parseElementString` or `parseDigitalLink` as a number or dates where its identifier says so
 * (GS1 General Specifications 3): decimals of 31 to 36 and 390 to 395, counts of 30 and 37, dates and times of 11 to 17,
 * 43, 70, 72 and 8008. `thisYear`, four digits, settles the century of two-digit years. A day that is none in that century
 * (29 February 2100) stays text.
 */
export function gs1Value(element: Gs1Element, thisYear: number): Gs1Value {
  const { ai, value } = element;
  const decimals = decimalsOf(ai);
  if (decimals !== null) {
    const hasCurrency = (gs1Format(ai)?.length ?? 0) > 1;
    const digits = hasCurrency ? value.slice(3) : value;
    return { kind: 'decimal', decimal: decimalIn(digits, decimals), currency: hasCurrency ? value.slice(0, 3) : null };
  }
  if (COUNTS.has(ai)) return { kind: 'count', count: Number(value) };
  const dates = datesIn(element, thisYear);
  return dates === null ? { kind: 'text', text: value } : { kind: 'dates', dates };
}
