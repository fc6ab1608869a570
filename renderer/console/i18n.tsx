import { createContext, type PropsWithChildren, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Bilingual } from '#shared/bilingual.ts';
import { consoleMessages } from '#shared/i18n/console-messages.ts';
import { createTranslate, LOCALES, type Language, type Translate } from '#shared/i18n/translate.ts';
import { browserStorage, readLanguage } from '../ui/stored-language.ts';

const LANGUAGE_KEY = 'console-language';

export type ConsoleTranslate = Translate<typeof consoleMessages>;

export interface I18n {
  readonly language: Language;
  readonly t: ConsoleTranslate;
  readonly setLanguage: (language: Language) => void;
  /** The text in the language of the page. */
  readonly pick: (text: Bilingual) => string;
}

const I18nContext = createContext<I18n | null>(null);

export function I18nProvider({ children }: PropsWithChildren) {
  const [language, setState] = useState<Language>(() => readLanguage(browserStorage(), LANGUAGE_KEY));
  const setLanguage = useCallback((next: Language) => {
    browserStorage()?.setItem(LANGUAGE_KEY, next);
    setState(next);
  }, []);
  useEffect(() => {
    document.documentElement.lang = LOCALES[language];
  }, [language]);
  const value = useMemo<I18n>(
    () => ({ language, setLanguage, t: createTranslate(consoleMessages, language), pick: (text) => text[language] }),
    [language, setLanguage],
  );
  return <I18nContext value={value}>{children}</I18nContext>;
}

export function useI18n(): I18n {
  const value = useContext(I18nContext);
  if (value === null) throw new Error('useI18n needs an I18nProvider above it');
  return value;
}
