import { LANGUAGES, type Language } from '#shared/i18n/translate.ts';

/** The part of `localStorage` that is needed; a browser may refuse it altogether. */
export type LanguageStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** The language kept under `key`; Chinese where there is none, or none that we speak. */
export function readLanguage(storage: LanguageStorage | null, key: string): Language {
  const kept = storage?.getItem(key);
  return LANGUAGES.find((language) => language === kept) ?? 'zh';
}

/** The browser's storage, or null where its settings forbid it. */
export function browserStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
