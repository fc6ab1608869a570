import { createContext, useContext } from 'react';
import type { Bilingual } from '#shared/bilingual.ts';
import type { dockMessages } from '#shared/i18n/dock-messages.ts';
import type { Language, Translate } from '#shared/i18n/translate.ts';

export interface DockLanguage {
  readonly language: Language;
  readonly t: Translate<typeof dockMessages>;
  /** The text in the language of the page. */
  readonly pick: (text: Bilingual) => string;
}

export const DockLanguageContext = createContext<DockLanguage | null>(null);

export function useDockLanguage(): DockLanguage {
  const value = useContext(DockLanguageContext);
  if (value === null) throw new Error('useDockLanguage needs a DockLanguageContext above it');
  return value;
}
