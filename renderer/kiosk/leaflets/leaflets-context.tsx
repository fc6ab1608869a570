import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ChineseAtLeast } from '#shared/content/leaflet.ts';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { useKioskState, useMinute, useServices, useSpeech } from '../kiosk-context.tsx';
import { shownNow } from './shown-now.ts';
import type { Leaflets, LeafletsState } from './store.ts';

const LeafletsContext = createContext<Leaflets | null>(null);
export const LeafletsProvider = LeafletsContext.Provider;

export function useLeaflets(): Leaflets {
  const leaflets = useContext(LeafletsContext);
  if (leaflets === null) throw new Error('outside of LeafletsProvider');
  return leaflets;
}

export function useLeafletsState<T>(select: (state: LeafletsState) => T): T {
  return useStore(useLeaflets().store, select);
}

const NONE: readonly ReleasedLeaflet[] = [];
/** Before the terminal has told its own zone. */
const USUAL_ZONE = 'Asia/Shanghai';

/** What is shown now, in its order. */
export function useShownNow(): readonly ReleasedLeaflet[] {
  const all = useLeafletsState(({ content }) => content?.leaflets ?? NONE);
  const zone = useKioskState(({ view }) => view?.zone ?? USUAL_ZONE);
  const minute = useMinute();
  return useMemo(() => shownNow(all, minute, zone), [all, minute, zone]);
}

/** A text in the language of the page, or in Chinese; `lang` where that is another one. */
export function usePick(): (text: ChineseAtLeast) => { readonly text: string; readonly lang: 'zh-CN' | undefined } {
  const { language } = useSpeech();
  return (text) => {
    const own = text[language];
    return own === undefined ? { text: text.zh, lang: 'zh-CN' } : { text: own, lang: undefined };
  };
}

/** Milliseconds since the screen was last touched, read anew each half second. */
export function useQuiet(): number {
  const { monotonic } = useServices();
  const touchedAt = useLeafletsState((state) => state.touchedAt);
  const [now, setNow] = useState(() => monotonic());
  useEffect(() => {
    const timer = setInterval(() => setNow(monotonic()), 500);
    return () => clearInterval(timer);
  }, [monotonic]);
  return Math.max(0, now - touchedAt);
}

/** Where the page has a file of a leaflet. */
export const fileUrl = (hash: string): string => `content/${hash}`;
