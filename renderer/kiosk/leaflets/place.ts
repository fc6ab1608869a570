import type { LeafletContent } from '#shared/content/leaflet.ts';

/** Where somebody is among the leaflets. Pure; the store keeps it and the clock moves it. */
export type Place =
  /** The idle screen. */
  | { readonly kind: 'home' }
  /** Nobody has touched the idle screen for a while: leaflets take turns. */
  | { readonly kind: 'slides' }
  | List
  | { readonly kind: 'leaflet'; readonly id: string; readonly from: List | null };

export interface List {
  readonly kind: 'list';
  /** Null: all of them. */
  readonly category: LeafletContent['category'] | null;
  readonly query: string;
  /** The letters are open. */
  readonly searching: boolean;
}

export const HOME: Place = { kind: 'home' };
export const ALL: List = { kind: 'list', category: null, query: '', searching: false };

/** Nobody touches an idle screen for so long: slides, milliseconds. */
const SLIDES_AFTER_MS = 60_000;
/** Before the screen goes home a countdown shows, seconds. */
const COUNTDOWN_S = 10;
/** Nobody touches a leaflet or the list for so long: home, milliseconds. The countdown comes after a minute (design: screens.md). */
const HOME_AFTER_MS = 60_000 + COUNTDOWN_S * 1000;

/** Whether somebody reads here. */
export function isReading(place: Place): place is Extract<Place, { kind: 'list' | 'leaflet' }> {
  return place.kind === 'list' || place.kind === 'leaflet';
}

/** One step back: from a leaflet to the list it was found in, from the list home. */
export function back(place: Place): Place {
  return place.kind === 'leaflet' && place.from !== null ? place.from : HOME;
}

/** The place after nobody has touched the screen for so long. */
export function afterQuiet(place: Place, quietMs: number, hasSlides: boolean): Place {
  if (isReading(place)) return quietMs >= HOME_AFTER_MS ? HOME : place;
  if (place.kind === 'home') return hasSlides && quietMs >= SLIDES_AFTER_MS ? { kind: 'slides' } : place;
  return hasSlides ? place : HOME;
}

/** Seconds until the screen goes home, while that is shown; else null. */
export function homeIn(place: Place, quietMs: number): number | null {
  if (!isReading(place)) return null;
  const left = Math.ceil((HOME_AFTER_MS - quietMs) / 1000);
  return left > COUNTDOWN_S ? null : Math.max(0, left);
}
