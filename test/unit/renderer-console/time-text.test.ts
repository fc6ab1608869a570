import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agoText, clockText, dateTimeText, lateText } from '#renderer/console/time-text.ts';
import { consoleMessages } from '#shared/i18n/console-messages.ts';
import { createTranslate } from '#shared/i18n/translate.ts';

const zh = createTranslate(consoleMessages, 'zh');
const en = createTranslate(consoleMessages, 'en');
const NOW = Date.parse('2026-11-23T14:25:07+08:00');
const MINUTE = 60_000;

describe('how long ago', () => {
  it.each([
    [0, '刚刚', 'just now'],
    [59_999, '刚刚', 'just now'],
    [MINUTE, '1 分钟前', '1 minute ago'],
    [2 * MINUTE + 1, '2 分钟前', '2 minutes ago'],
    [60 * MINUTE, '1 小时前', '1 hour ago'],
    [24 * 60 * MINUTE, '1 天前', '1 day ago'],
    [29 * 24 * 60 * MINUTE, '29 天前', '29 days ago'],
  ])('%d ms', (past, chinese, english) => {
    expect(agoText(zh, 'zh', NOW - past, NOW)).toBe(chinese);
    expect(agoText(en, 'en', NOW - past, NOW)).toBe(english);
  });

  it('is a date where it is long ago', () => {
    expect(agoText(zh, 'zh', Date.parse('2026-09-01T08:00:00+08:00'), NOW)).toBe('9月1日 08:00');
  });

  it('is just now where the clock of the other side is ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (ahead) => {
        expect(agoText(zh, 'zh', NOW + ahead, NOW)).toBe('刚刚');
      }),
    );
  });
});

describe('how late', () => {
  it.each([
    [0, '逾期 1 分钟', '1 minute late'],
    [59 * MINUTE, '逾期 59 分钟', '59 minutes late'],
    [3 * 60 * MINUTE, '逾期 3 小时', '3 hours late'],
    [50 * 60 * MINUTE, '逾期 2 天', '2 days late'],
  ])('%d ms', (late, chinese, english) => {
    expect(lateText(zh, NOW - late, NOW)).toBe(chinese);
    expect(lateText(en, NOW - late, NOW)).toBe(english);
  });
});

describe('moments', () => {
  it('are those of the stations, wherever the reader is', () => {
    const due = Date.parse('2026-11-25T15:59:00Z');
    expect(dateTimeText('zh', due, NOW)).toBe('11月25日 23:59');
    expect(dateTimeText('en', due, NOW)).toBe('25 Nov, 23:59');
  });

  it('have their year where it is not this year', () => {
    const due = Date.parse('2027-01-02T15:59:00Z');
    expect(dateTimeText('zh', due, NOW)).toBe('2027年1月2日 23:59');
    expect(dateTimeText('en', due, NOW)).toBe('2 Jan 2027, 23:59');
  });

  it('are a clock time today and a date on other days', () => {
    expect(clockText('zh', NOW, NOW)).toBe('14:25:07');
    expect(clockText('zh', NOW - 24 * 60 * MINUTE, NOW)).toBe('11月22日 14:25');
  });
});
