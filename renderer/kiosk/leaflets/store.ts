import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import type { ContentAction, KioskContent } from '#shared/contract/kiosk-content.ts';
import { afterQuiet, back, HOME, isReading, type List, type Place } from './place.ts';

export interface LeafletsState {
  /** Null until the terminal has told. */
  readonly content: KioskContent | null;
  readonly place: Place;
  /** When the screen was last touched, on the monotonic clock. */
  readonly touchedAt: number;
}

/** Where a finger came down, CSS pixels. */
export interface Touch {
  readonly x: number;
  readonly y: number;
}

export interface LeafletsDeps {
  /** Tells the terminal; where it is away, that is lost. */
  readonly send: (action: ContentAction) => void;
  /** Milliseconds that only go forward. */
  readonly monotonic: () => number;
}

/** A leaflet open for longer counts as this, seconds: somebody went away. */
const LONGEST_READ_S = 3600;

/** A second tap so soon and so near was one with the first: milliseconds, CSS pixels. */
const DOUBLE_TAP_MS = 600;
const DOUBLE_TAP_PX = 80;

function isNear(a: Touch, b: Touch): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) <= DOUBLE_TAP_PX;
}

/** What is shown of leaflets, where somebody is among them, and what the terminal is told of that. */
export function createLeafletsStore({ send, monotonic }: LeafletsDeps) {
  const store: StoreApi<LeafletsState> = createStore(() => ({ content: null, place: HOME, touchedAt: monotonic() }));
  let openedAt = 0;
  let opened: Pick<ReleasedLeaflet, 'id' | 'version'> | null = null;
  let movedAt = -Infinity;
  let lastTap: (Touch & { readonly at: number }) | null = null;
  /** The finger is still where it tapped the screen before this one. */
  let isSecondTap = false;

  function tellClosed(): void {
    if (opened === null) return;
    const seconds = Math.min(LONGEST_READ_S, Math.round((monotonic() - openedAt) / 1000));
    send({ kind: 'read', leaflet: opened.id, version: opened.version, seconds });
    opened = null;
  }

  function go(place: Place): void {
    const before = store.getState().place;
    if (before.kind === 'leaflet' && !(place.kind === 'leaflet' && place.id === before.id)) tellClosed();
    if (before.kind !== place.kind) movedAt = monotonic();
    store.setState({ place });
  }

  const find = (id: string): ReleasedLeaflet | undefined =>
    store.getState().content?.leaflets.find((each) => each.id === id);

  return {
    store,
    send,

    /** Other leaflets. What is open and not among them any more is left. */
    contentCame(content: KioskContent): void {
      const { place } = store.getState();
      store.setState({ content });
      if (place.kind === 'leaflet' && find(place.id) === undefined) go(back(place));
    },

    /** Any touch, and where. On slides it is the one that wakes the screen. */
    touched(touch: Touch): void {
      const at = monotonic();
      const tap = lastTap;
      isSecondTap = tap !== null && at - tap.at <= DOUBLE_TAP_MS && movedAt >= tap.at && isNear(tap, touch);
      lastTap = { ...touch, at };
      store.setState({ touchedAt: at });
      if (store.getState().place.kind === 'slides') go(HOME);
    },

    /** To be called now and then. `hasSlides`: there is something to take turns. */
    quiet(hasSlides: boolean): void {
      const { place, touchedAt } = store.getState();
      const next = afterQuiet(place, monotonic() - touchedAt, hasSlides);
      if (next !== place) go(next);
    },

    /** Something goes on without being touched: a film, a voice. */
    stay: (): void => store.setState({ touchedAt: monotonic() }),

    list(list: List): void {
      if (!isSecondTap) go(list);
    },

    open(id: string): void {
      const leaflet = find(id);
      if (leaflet === undefined || isSecondTap) return;
      const { place } = store.getState();
      go({ kind: 'leaflet', id, from: place.kind === 'list' ? place : null });
      opened = { id, version: leaflet.version };
      openedAt = monotonic();
      send({ kind: 'opened', leaflet: id, version: leaflet.version });
    },

    back(): void {
      if (!isSecondTap) go(back(store.getState().place));
    },

    /** A sheet has opened: whatever was read is left. */
    leave(): void {
      if (isReading(store.getState().place) || store.getState().place.kind === 'slides') go(HOME);
      store.setState({ touchedAt: monotonic() });
    },

    confirm: ({ id, version }: ReleasedLeaflet): void => send({ kind: 'confirmed', leaflet: id, version }),
    shown: ({ id, version }: ReleasedLeaflet): void => send({ kind: 'shown', leaflet: id, version }),
  };
}

export type Leaflets = ReturnType<typeof createLeafletsStore>;
