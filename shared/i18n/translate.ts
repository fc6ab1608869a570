import { IntlMessageFormat } from 'intl-messageformat';
import type { Bilingual } from '../bilingual.ts';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** BCP 47 tags for number, date and plural forms. */
export const LOCALES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };

/** A catalogue: every sentence in both languages, side by side, in ICU message syntax. */
export type Catalogue = Readonly<Record<string, Bilingual>>;
export type MessageValues = Readonly<Record<string, string | number>>;

/** `t(key, values)` for one catalogue and one language; sentences are parsed once. */
export type Translate<C extends Catalogue> = (key: keyof C & string, values?: MessageValues) => string;

export function createTranslate<C extends Catalogue>(catalogue: C, language: Language): Translate<C> {
  const parsed = new Map<string, IntlMessageFormat>();
  return (key, values = {}) => {
    let message = parsed.get(key);
    if (message === undefined) {
      const texts = catalogue[key];
      if (texts === undefined) throw new Error(`no message ${key}`);
      message = new IntlMessageFormat(texts[language], LOCALES[language]);
      parsed.set(key, message);
    }
    return String(message.format(values));
  };
}
