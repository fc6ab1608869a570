import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import type { Bilingual } from '#shared/bilingual.ts';
import { consoleMessages } from '#shared/i18n/console-messages.ts';
import { dockMessages } from '#shared/i18n/dock-messages.ts';

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** Texts that name something the same way in Chinese: the other language's own name. */
const NOT_CHINESE = new Set(['switchLanguage']);

/** The parser's type of plain text, whose `value` is the text and no argument's name. */
const LITERAL: ReadonlySet<number> = new Set([0]);

function argumentNames(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => [
    ...('value' in part && !LITERAL.has(part.type) ? [part.value] : []),
    ...('options' in part ? Object.values(part.options).flatMap((option) => argumentNames(option.value)) : []),
  ]);
}

function namesIn(text: string, locale: string): string[] {
  return [...new Set(argumentNames(new IntlMessageFormat(text, locale).getAst()))].sort();
}

const all: [string, string, Bilingual][] = [
  ...Object.entries(consoleMessages).map(([key, texts]): [string, string, Bilingual] => ['console', key, texts]),
  ...Object.entries(dockMessages).map(([key, texts]): [string, string, Bilingual] => ['dock', key, texts]),
];

describe('catalogues', () => {
  it.each(all)('%s: %s takes the same values in both languages', (_page, _key, texts) => {
    expect(namesIn(texts.en, 'en-GB')).toEqual(namesIn(texts.zh, 'zh-CN'));
  });

  it.each(all.filter(([, key]) => !NOT_CHINESE.has(key)))('%s: %s is Chinese in Chinese', (_page, _key, texts) => {
    expect(texts.zh).toMatch(/\p{Script=Han}/u);
    expect(texts.en).not.toMatch(/\p{Script=Han}/u);
  });
});
