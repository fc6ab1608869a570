import '#renderer/ui/zod-without-eval.ts';
import '@fontsource-variable/noto-sans-sc/index.css';
import '#renderer/ui/face.css';
import '#renderer/ui/tokens.css';
import '#renderer/ui/ui.css';
import './kiosk.css';
import './repair-strip.css';
import './sheet.css';
import './screens/idle.css';
import './screens/card.css';
import './leaflets/leaflets.css';
import './leaflets/reading.css';
import './leaflets/slides.css';
import { PREVIEW_HASH } from '#shared/contract/preview.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import type { KioskBridge } from './bridge.ts';
import { CrashBoundary } from './crash-boundary.tsx';
import { createElectronBridge, type RedSailWindow } from './electron-bridge.ts';
import { hardenPage } from './hardening.ts';
import { listenToKeyboard } from './keyboard.ts';
import { fileUrl } from './leaflets/leaflets-context.tsx';
import { startProver } from './leaflets/prover.ts';
import { createLeafletsStore } from './leaflets/store.ts';
import { previewBridge, startPreview } from './preview.ts';
import { createKioskStore } from './state.ts';
import { createWebSocketBridge } from './websocket-bridge.ts';

declare global {
  interface Window {
    /** There in the Electron shell only. */
    readonly redSail?: RedSailWindow;
  }
}

const RELOAD_AFTER_MS = 3000;
/** In a frame of the console (contract/preview.ts), with no terminal behind it. */
const isPreview = window.location.hash === PREVIEW_HASH && window.parent !== window;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** What is done for another day waits until the screen has nothing to do, or for a second. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: 1000 });
  });
}

function createBridge(): KioskBridge {
  if (isPreview) return previewBridge;
  if (window.redSail !== undefined) return createElectronBridge(window.redSail);
  const url = new URL('bridge', window.location.href.replace(/^http/, 'ws'));
  return createWebSocketBridge({ url: url.href, openSocket: (address) => new WebSocket(address), pause });
}

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
hardenPage(document);
const monotonic = () => performance.now();
const bridge = createBridge();
const leaflets = createLeafletsStore({
  send(action) {
    // Where the core is away it asks again, or it counts for nothing.
    bridge.contentAct(action).catch(() => {});
  },
  monotonic,
});
const kiosk = createKioskStore({ bridge, onContent: (content) => leaflets.contentCame(content), monotonic });
startProver(leaflets, { page: document, fileUrl, idle });
kiosk.start();
if (isPreview) startPreview(window, kiosk, leaflets);
listenToKeyboard(document, {
  onScan: kiosk.scanned,
  schedule(task, ms) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
});
createRoot(root).render(
  <CrashBoundary onCrash={() => setTimeout(() => window.location.reload(), RELOAD_AFTER_MS)}>
    <App services={{ kiosk, monotonic, now: () => Date.now() }} leaflets={leaflets} />
  </CrashBoundary>,
);
