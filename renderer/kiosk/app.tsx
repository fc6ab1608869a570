import { useEffect } from 'react';
import { LOCALES } from '#shared/i18n/translate.ts';
import { unreachable } from '#shared/result.ts';
import { FooterBar } from './footer-bar.tsx';
import { Header } from './header.tsx';
import { LeafletsProvider, useLeaflets } from './leaflets/leaflets-context.tsx';
import { ReadingPage } from './leaflets/reading-page.tsx';
import type { Leaflets } from './leaflets/store.ts';
import { RepairStrip } from './repair-strip.tsx';
import { KioskProvider, useKioskState, useServices, useView, type KioskServices } from './kiosk-context.tsx';
import { BorrowScreen } from './screens/borrow-screen.tsx';
import { CardScreen } from './screens/card-screen.tsx';
import { ConnectingScreen } from './screens/connecting-screen.tsx';
import { FaultScreen } from './screens/fault-screen.tsx';
import { ReceiptScreen } from './screens/receipt-screen.tsx';
import { ReturnScreen } from './screens/return-screen.tsx';
import { UnknownScreen } from './screens/unknown-screen.tsx';

function CurrentSheet() {
  const { sheet } = useView();
  switch (sheet.kind) {
    case 'idle':
      return <ReadingPage />;
    case 'unknown':
      return <UnknownScreen sheet={sheet} />;
    case 'card':
      return <CardScreen sheet={sheet} />;
    case 'borrow':
      return <BorrowScreen sheet={sheet} />;
    case 'return':
      return <ReturnScreen sheet={sheet} />;
    case 'receipt':
      return <ReceiptScreen sheet={sheet} />;
    default:
      return unreachable(sheet);
  }
}

/** The person's choices, as attributes that the style sheets and a screen reader go by. */
function useDisplayOnPage(): void {
  const { language, largeText, highContrast } = useKioskState((state) => state.display);
  useEffect(() => {
    const page = document.documentElement;
    page.lang = LOCALES[language];
    page.dataset['text'] = largeText ? 'large' : 'normal';
    page.dataset['contrast'] = highContrast ? 'high' : 'normal';
  }, [language, largeText, highContrast]);
}

function Page() {
  const { kiosk } = useServices();
  const leaflets = useLeaflets();
  const connected = useKioskState((state) => state.connected);
  const fault = useKioskState((state) => state.view?.fault ?? null);
  const isIdle = useKioskState((state) => state.view?.sheet.kind === 'idle');
  const hasView = useKioskState((state) => state.view !== null);
  useDisplayOnPage();
  useEffect(() => {
    const onTouch = ({ clientX, clientY }: PointerEvent) => {
      kiosk.touched();
      leaflets.touched({ x: clientX, y: clientY });
    };
    document.addEventListener('pointerdown', onTouch, { capture: true });
    const timer = setInterval(() => kiosk.forget(), 1000);
    return () => {
      document.removeEventListener('pointerdown', onTouch, { capture: true });
      clearInterval(timer);
    };
  }, [kiosk, leaflets]);
  useEffect(() => {
    if (!isIdle) leaflets.leave();
  }, [leaflets, isIdle]);

  if (!connected || !hasView) return <ConnectingScreen wasConnected={hasView} />;
  return (
    <div className="page">
      <Header />
      {fault === null && isIdle ? <RepairStrip /> : null}
      {fault === null ? <CurrentSheet /> : <FaultScreen />}
      <FooterBar />
    </div>
  );
}

export function App({ services, leaflets }: { readonly services: KioskServices; readonly leaflets: Leaflets }) {
  return (
    <KioskProvider value={services}>
      <LeafletsProvider value={leaflets}>
        <Page />
      </LeafletsProvider>
    </KioskProvider>
  );
}
