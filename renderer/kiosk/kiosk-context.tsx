import { createContext, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Bilingual } from '#shared/bilingual.ts';
import type { KioskView } from '#shared/contract/kiosk.ts';
import { kioskMessages } from '#shared/i18n/kiosk-messages.ts';
import { createTranslate, type Language, type Translate } from '#shared/i18n/translate.ts';
import { secondsLeft } from './countdown.ts';
import type { Kiosk, KioskState } from './state.ts';

export interface KioskServices {
  readonly kiosk: Kiosk;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly monotonic: () => number;
}

export type Words = Translate<typeof kioskMessages>;

const WORDS: Readonly<Record<Language, Words>> = {
  zh: createTranslate(kioskMessages, 'zh'),
  en: createTranslate(kioskMessages, 'en'),
};

const ServicesContext = createContext<KioskServices | null>(null);
export const KioskProvider = ServicesContext.Provider;

export function useServices(): KioskServices {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('outside of KioskProvider');
  return services;
}

export function useKioskState<T>(select: (state: KioskState) => T): T {
  return useStore(useServices().kiosk.store, select);
}

/** The terminal's view. Only for what is shown while there is one. */
export function useView(): KioskView {
  const view = useKioskState((state) => state.view);
  if (view === null) throw new Error('no view yet');
  return view;
}

export interface Speech {
  readonly language: Language;
  readonly t: Words;
  /** A text that came in both languages. */
  readonly say: (text: Bilingual) => string;
}

export function useSpeech(): Speech {
  const language = useKioskState((state) => state.display.language);
  return { language, t: WORDS[language], say: (text) => text[language] };
}

/** A number that is read anew every `everyMs` milliseconds; paints only where it changed. */
function useReading(read: () => number, everyMs: number): number {
  const [, setTick] = useState(0);
  const reading = read();
  useEffect(() => {
    const timer = setInterval(() => setTick(read()), everyMs);
    return () => clearInterval(timer);
  });
  return reading;
}

/** Now, to the minute, in milliseconds since 1970. */
export function useMinute(): number {
  const { now } = useServices();
  return useReading(() => Math.floor(now() / 60_000) * 60_000, 1000);
}

/** Seconds until the open sheet ends by itself. */
export function useSecondsLeft(endsInMs: number): number {
  const { monotonic } = useServices();
  const receivedAt = useKioskState((state) => state.receivedAt);
  return useReading(() => secondsLeft(endsInMs, receivedAt, monotonic()), 200);
}
