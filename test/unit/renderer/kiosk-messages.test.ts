import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { createTranslate, LOCALES } from '#shared/i18n/translate.ts';

/** The names a message takes values by, with the kind of each, wherever they stand. */
function argumentsOf(text: string, locale: string): Map<string, boolean> {
  const found = new Map<string, boolean>();
  const walk = (elements: ReturnType<IntlMessageFormat['getAst']>): void => {
    for (const element of elements) {
      // 0 literal, 7 the number sign of a plural.
      if (element.type === 0 || element.type === 7) continue;
      found.set(element.value, true);
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(text, locale).getAst());
  return found;
}

/** Sentences in which the other language is named in itself. */
const NAMES_OF_LANGUAGES = new Set(['footer.language']);
/** Sentences of values only. */
const WITHOUT_WORDS = new Set(['clock.day']);

describe.each(Object.entries(kioskMessages))('%s', (key, { zh, en }) => {
  test('takes the same values in both languages', () => {
    const names = (text: string, locale: string) => [...argumentsOf(text, locale).keys()].sort();
    expect(names(en, LOCALES.en)).toEqual(names(zh, LOCALES.zh));
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
  expect(t('borrow.holding', { count: 0 })).toBe('Nothing on your record');
});
