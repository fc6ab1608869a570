import { kioskContentSchema } from '#shared/contract/kiosk-content.ts';
import { kioskViewSchema } from '#shared/contract/kiosk.ts';
import type { KioskBridge } from './bridge.ts';

/** What Electron's preload puts on `window.redSail`. */
export interface RedSailWindow {
  watch(listener: (view: unknown) => void): () => void;
  act(action: unknown): Promise<unknown>;
  content(listener: (content: unknown) => void): () => void;
  contentAct(action: unknown): Promise<unknown>;
}

/** The Electron shell's bridge. The core lives in the process that owns the window, so it is never away. */
export function createElectronBridge(redSail: RedSailWindow): KioskBridge {
  return {
    watch({ onView, onConnected, onContent }) {
      const leave = redSail.watch((view) => {
        const parsed = kioskViewSchema.safeParse(view);
        if (parsed.success) onView(parsed.data);
        onConnected(parsed.success);
      });
      const leaveContent = redSail.content((content) => {
        const parsed = kioskContentSchema.safeParse(content);
        if (parsed.success) onContent(parsed.data);
      });
      return () => {
        leave();
        leaveContent();
      };
    },
    async act(action) {
      await redSail.act(action);
    },
    async contentAct(action) {
      await redSail.contentAct(action);
    },
  };
}
