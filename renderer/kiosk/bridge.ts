import type { ContentAction, KioskContent } from '#shared/contract/kiosk-content.ts';
import type { KioskAction, KioskView } from '#shared/contract/kiosk.ts';

export interface BridgeListener {
  /** A view of the terminal, parsed; each newer than the one before. */
  readonly onView: (view: KioskView) => void;
  /** Whether the terminal core can be reached now. Begins as not connected; a view means connected. */
  readonly onConnected: (connected: boolean) => void;
  /** The leaflets that this terminal shows, parsed. */
  readonly onContent: (content: KioskContent) => void;
}

/** The page's only way out. Which shell is behind it is known to its implementations and to `main.tsx`, nobody else. */
export interface KioskBridge {
  /** Watches until the returned function is called; reconnects by itself, forever. */
  watch(listener: BridgeListener): () => void;
  /** What a tap asks of the core. Rejects where the core can't be reached; what became of it is seen in the next view. */
  act(action: KioskAction): Promise<void>;
  /** What the page says of leaflets. Rejects as `act` does. */
  contentAct(action: ContentAction): Promise<void>;
}
