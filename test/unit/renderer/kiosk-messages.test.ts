import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { createTranslate, LOCALES } from '#shared/i18n/translate.ts';

/** The parser's types of plain text and of a plural's number sign: these name no value. */
const NAMELESS: ReadonlySet<number> = new Set([0, 7]);

/** The names a message takes values by, wherever they stand. */
function argumentsOf(text: string, locale: string): string[] {
  const found = new Set<string>();
  const walk = (elements: ReturnType<IntlMessageFormat['getAst']>): void => {
    for (const element of elements) {
      if ('value' in element && !NAMELESS.has(element.type)) found.add(element.value);
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(text, locale).getAst());
  return [...found].sort();
}

/** Sentences in which the other language is named in itself. */
const NAMES_OF_LANGUAGES = new Set(['footer.language']);
/** Sentences of values only. */
const WITHOUT_WORDS = new Set(['clock.day']);

describe.each(Object.entries(kioskMessages))('%s', (key, { zh, en }) => {
  test('takes the same values in both languages', () => {
    expect(argumentsOf(en, LOCALES.en)).toEqual(argumentsOf(zh, LOCALES.zh));
  });

  test('is Chinese in Chinese and English in English', () => {
    if (NAMES_OF_LANGUAGES.has(key) || WITHOUT_WORDS.has(key)) return;
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/[A-Za-z]{2}/);
  });

  test('needs no sign that the Chinese typeface draws as wide as a Chinese character', () => {
    expect(en).not.toMatch(/[‘’“”…·—]/);
  });
});

test('one item and many items are told apart in English', () => {
  const t = createTranslate(kioskMessages, 'en');
  expect(t('card.waiting', { count: 1 })).toBe('1 item to borrow; you can scan more');
  expect(t('card.waiting', { count: 3 })).toBe('3 items to borrow; you can scan more');
  expect(t('borrow.overdue', { count: 1 })).toBe('1 item is due: just bring it back');
  expect(t('borrow.holding', { count: 0 })).toBe('Nothing on loan');
});
