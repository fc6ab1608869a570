import { kioskViewSchema } from '#shared/contract/kiosk.ts';
import type { KioskBridge } from './bridge.ts';

/** What Electron's preload puts on `window.redSail`. */
export interface RedSailWindow {
  watch(listener: (view: unknown) => void): () => void;
  act(action: unknown): Promise<unknown>;
}

/** The Electron shell's bridge. The core lives in the process that owns the window, so it is never away. */
export function createElectronBridge(redSail: RedSailWindow): KioskBridge {
  return {
    watch({ onView, onConnected }) {
      return redSail.watch((view) => {
        const parsed = kioskViewSchema.safeParse(view);
        if (parsed.success) onView(parsed.data);
        onConnected(parsed.success);
      });
    },
    async act(action) {
      await redSail.act(action);
    },
  };
}
