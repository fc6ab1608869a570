import type { KioskView } from '#shared/contract/kiosk.ts';
import { previewReadySchema, previewSchema } from '#shared/contract/preview.ts';
import type { Leaflets } from './leaflets/store.ts';
import type { KioskBridge } from './bridge.ts';
import type { Kiosk } from './state.ts';

/** An idle terminal that has nothing but the leaflet. */
const VIEW: KioskView = {
  seq: 1,
  terminal: 'XX-1',
  station: { code: 'XX', name: { zh: '预览', en: 'Preview' }, phone: null },
  zone: 'Asia/Shanghai',
  fault: null,
  repair: null,
  sheet: { kind: 'idle' },
  stock: [],
  devices: { scanner: 'ready', cardReader: 'ready', icCardReader: null },
  sync: { state: 'synced', unsent: 0, lastMs: 0 },
};

/** While somebody looks at a preview it does not go home by itself. */
const STAY_EVERY_MS = 10_000;

/** The bridge of a page with no terminal behind it. */
export const previewBridge: KioskBridge = {
  watch({ onView, onConnected }) {
    onView(VIEW);
    onConnected(true);
    return () => {};
  },
  act: () => Promise.resolve(),
  contentAct: () => Promise.resolve(),
};

/** Shows what the console's page says, and nobody else's. */
export function startPreview(page: Window, kiosk: Kiosk, leaflets: Leaflets): void {
  page.addEventListener('message', ({ data, origin, source }) => {
    if (origin !== page.location.origin || source !== page.parent) return;
    const asked = previewSchema.safeParse(data);
    if (!asked.success) return;
    const { leaflet, language, largeText, highContrast } = asked.data;
    // It is shown whatever its window says: that it is not yet time is why one looks at it here.
    const window = { from: null, until: null, weekdays: [1, 2, 3, 4, 5, 6, 7], hours: null };
    leaflets.contentCame({
      release: null,
      leaflets: [{ ...leaflet, window, priority: 'normal' }],
      stale: false,
      confirmed: [],
      toProve: null,
    });
    // Somebody is here: the page must not take them for gone, and forget their choices.
    kiosk.touched();
    kiosk.store.setState({ display: { language, largeText, highContrast } });
    leaflets.open(leaflet.id);
  });
  setInterval(() => {
    leaflets.stay();
    kiosk.touched();
  }, STAY_EVERY_MS);
  page.parent.postMessage(previewReadySchema.parse({ type: 'red-sail-preview-ready' }), page.location.origin);
}
