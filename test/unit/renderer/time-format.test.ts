import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueWords, formatDay, formatTime, formatWeekday } from '#renderer/ui/time-format.ts';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { createTranslate, type Language } from '#shared/i18n/translate.ts';

const ZONE = 'Asia/Shanghai';
const NOW = Date.parse('2026-11-22T10:24:00+08:00');

function said(due: string, language: Language, now = NOW, zone = ZONE): string {
  const { key, ...values } = dueWords(due, now, zone, language);
  return createTranslate(kioskMessages, language)(key, values);
}

describe('a due time is said as people say it', () => {
  test.each([
    ['2026-11-22T14:25:00+08:00', '最晚今天14:25还', 'Due today by 14:25'],
    ['2026-11-22T23:59:00+08:00', '今天还', 'Due today'],
    ['2026-11-23T09:00:00+08:00', '最晚明天09:00还', 'Due tomorrow by 09:00'],
    ['2026-11-23T23:59:00+08:00', '明天还', 'Due tomorrow'],
    ['2026-11-25T23:59:00+08:00', '最晚11月25日还', 'Due by 25 November'],
    ['2026-11-25T00:05:00+08:00', '最晚11月25日00:05还', 'Due 25 November by 00:05'],
    ['2026-11-20T23:59:00+08:00', '11月20日就该还了', 'Was due 20 November'],
    ['2026-11-22T09:00:00+08:00', '今天09:00就该还了', 'Was due today 09:00'],
    ['2027-01-02T23:59:00+08:00', '最晚1月2日还', 'Due by 2 January'],
  ])('%s', (due, zh, en) => {
    expect(said(due, 'zh')).toBe(zh);
    expect(said(due, 'en')).toBe(en);
  });

  test('in the zone of the station, not of the machine or of the text', () => {
    expect(said('2026-11-22T15:30:00Z', 'zh')).toBe('最晚今天23:30还');
    expect(said('2026-11-22T16:30:00Z', 'zh')).toBe('最晚明天00:30还');
    expect(said('2026-11-22T16:30:00Z', 'zh', NOW, 'UTC')).toBe('最晚今天16:30还');
  });

  test('across a night of 25 hours tomorrow is still tomorrow', () => {
    const now = Date.parse('2026-10-24T23:30:00+02:00');
    expect(dueWords('2026-10-25T23:59:00+01:00', now, 'Europe/Berlin', 'en').key).toBe('due.tomorrow');
  });

  test('whatever the time: past is said as past, and no value is missing', () => {
    const minutes = fc.integer({ min: -600_000, max: 600_000 });
    fc.assert(
      fc.property(minutes, fc.constantFrom<Language>('zh', 'en'), (offset, language) => {
        const due = new Date(NOW + offset * 60_000).toISOString();
        expect(dueWords(due, NOW, ZONE, language).key.startsWith('due.past')).toBe(offset < 0);
        expect(said(due, language)).not.toMatch(/undefined|NaN|Invalid|\{/);
      }),
    );
  });
});

test('the clock has 24 hours and the day its local form', () => {
  expect(formatTime(Date.parse('2026-11-22T00:04:00+08:00'), ZONE, 'zh')).toBe('00:04');
  expect(formatTime(NOW, ZONE, 'en')).toBe('10:24');
  expect(formatDay(NOW, ZONE, 'zh')).toBe('11月22日');
  expect(formatDay(NOW, ZONE, 'en')).toBe('22 November');
  expect(formatWeekday(NOW, ZONE, 'zh')).toBe('星期日');
  expect(formatWeekday(NOW, ZONE, 'en')).toBe('Sun');
});
