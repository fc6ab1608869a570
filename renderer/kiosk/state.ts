import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KioskContent } from '#shared/contract/kiosk-content.ts';
import type { KioskAction, KioskView } from '#shared/contract/kiosk.ts';
import type { Language } from '#shared/i18n/translate.ts';
import type { KioskBridge } from './bridge.ts';

/** How the person in front wants the page: theirs only, and forgotten with them. */
export interface Display {
  readonly language: Language;
  readonly largeText: boolean;
  readonly highContrast: boolean;
}

export const DISPLAY_AT_START: Display = { language: 'zh', largeText: false, highContrast: false };

/** A touched idle page forgets its display after so long without another touch, milliseconds: when it goes home (leaflets/place.ts), not while the countdown shows. */
export const DISPLAY_KEPT_MS = 70_000;
/** `stay` is sent at most once in so many milliseconds, however often the screen is touched. */
const STAY_EVERY_MS = 1000;
/** A tap this soon after a new sheet came was meant for the one before. */
const NEW_SHEET_GUARD_MS = 600;

export interface KioskState {
  /** The last view of the terminal; null until the first came. */
  readonly view: KioskView | null;
  /** When `view` came, on the monotonic clock. */
  readonly receivedAt: number;
  readonly connected: boolean;
  readonly display: Display;
}

export interface KioskStoreDeps {
  readonly bridge: KioskBridge;
  /** Leaflets came. */
  readonly onContent: (content: KioskContent) => void;
  /** Milliseconds that only go forward. */
  readonly monotonic: () => number;
}

/** Everything the page knows, fed by one subscription, and the few things it can ask for. */
export function createKioskStore({ bridge, onContent, monotonic }: KioskStoreDeps) {
  const store: StoreApi<KioskState> = createStore(() => ({
    view: null,
    receivedAt: 0,
    connected: false,
    display: DISPLAY_AT_START,
  }));
  let lastTouch = -Infinity;
  let lastStay = -Infinity;
  let sheetSince = -Infinity;

  const send = (action: KioskAction): void => {
    // Where the core is away the subscription says so; the tap is forgotten rather than done later to somebody else.
    bridge.act(action).catch(() => {});
  };
  const isSheetOpen = () => (store.getState().view?.sheet.kind ?? 'idle') !== 'idle';
  const changeDisplay = (change: Partial<Display>): void => {
    store.setState(({ display }) => ({ display: { ...display, ...change } }));
  };

  return {
    store,

    /** Begins to watch the terminal; returns what ends it. */
    start: (): (() => void) =>
      bridge.watch({
        onView(view) {
          const before = store.getState().view?.sheet.kind ?? 'idle';
          const now = monotonic();
          if (view.sheet.kind !== before) sheetSince = now;
          const isOver = before !== 'idle' && view.sheet.kind === 'idle';
          store.setState({ view, receivedAt: now, ...(isOver ? { display: DISPLAY_AT_START } : {}) });
        },
        onConnected: (connected) => store.setState({ connected }),
        onContent,
      }),

    /** Any touch: the sheet stays open. */
    touched(): void {
      const now = monotonic();
      lastTouch = now;
      if (!isSheetOpen() || now - lastStay < STAY_EVERY_MS) return;
      lastStay = now;
      send({ kind: 'stay' });
    },

    /** To be called now and then: forgets the display of somebody who touched the idle page and went away. */
    forget(): void {
      if (isSheetOpen() || monotonic() - lastTouch < DISPLAY_KEPT_MS) return;
      if (store.getState().display !== DISPLAY_AT_START) store.setState({ display: DISPLAY_AT_START });
    },

    /** "Done" or "cancel". Not heard in the first moment of a sheet: that tap was meant for the one before. */
    leave(kind: 'done' | 'leave'): void {
      if (monotonic() - sheetSince >= NEW_SHEET_GUARD_MS) send({ kind });
    },

    /** A scanner that pretends to be a keyboard; whether this terminal has one is for the core to know. */
    scanned: (text: string): void => send({ kind: 'scan', text }),

    repairSeen: (): void => send({ kind: 'repair-seen' }),

    takeBack: (line: string): void => send({ kind: 'take-back', line }),

    switchLanguage: (): void => changeDisplay({ language: store.getState().display.language === 'zh' ? 'en' : 'zh' }),
    switchLargeText: (): void => changeDisplay({ largeText: !store.getState().display.largeText }),
    switchHighContrast: (): void => changeDisplay({ highContrast: !store.getState().display.highContrast }),
  };
}

export type Kiosk = ReturnType<typeof createKioskStore>;
