import { useEffect } from 'react';
import type { ContentAction } from '#shared/contract/kiosk-content.ts';
import { useKioskState, useSpeech } from '../kiosk-context.tsx';
import { IdleScreen } from '../screens/idle-screen.tsx';
import { EmergencyScreen, EmergencyStrip } from './emergency-screen.tsx';
import { GoingHome } from './going-home.tsx';
import { useLeaflets, useLeafletsState, useShownNow } from './leaflets-context.tsx';
import { ListScreen } from './list-screen.tsx';
import { isReading } from './place.ts';
import { ReaderScreen } from './reader-screen.tsx';
import { emergenciesOf } from './shown-now.ts';
import { SlidesScreen } from './slides-screen.tsx';

type Screen = Extract<ContentAction, { kind: 'screen' }>['screen'];

/** Tells the terminal what stands on the screen, and that this release does. Two frames later it is painted. */
function useTelling(screen: Screen): void {
  const leaflets = useLeaflets();
  const connected = useKioskState((state) => state.connected);
  const release = useLeafletsState(({ content }) => content?.release ?? null);
  useEffect(() => {
    if (connected) leaflets.send({ kind: 'screen', screen });
  }, [leaflets, connected, screen]);
  useEffect(() => {
    if (!connected || release === null) return undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => leaflets.send({ kind: 'painted', release }));
    });
    return () => cancelAnimationFrame(frame);
  }, [leaflets, connected, release]);
}

/**
 * What an idle terminal shows: an emergency before everything else, whatever somebody reads, slides where nobody is here, or
 * else the idle screen.
 */
export function ReadingPage() {
  const { t } = useSpeech();
  const leaflets = useLeaflets();
  const content = useLeafletsState((state) => state.content);
  const place = useLeafletsState((state) => state.place);
  const shown = useShownNow();
  const { open, seen } = emergenciesOf(shown, content ?? { confirmed: [] });
  const emergency = isReading(place) ? undefined : open[0];
  const screen: Screen = emergency !== undefined ? 'emergency' : isReading(place) ? 'leaflets' : 'idle';
  useTelling(screen);
  const hasSlides = shown.length > 0;
  useEffect(() => {
    const timer = setInterval(() => leaflets.quiet(hasSlides), 500);
    return () => clearInterval(timer);
  }, [leaflets, hasSlides]);

  if (emergency !== undefined) return <EmergencyScreen leaflet={emergency} />;
  // Somebody who reads is not torn away, but told.
  const news = open[0] === undefined ? null : <EmergencyStrip leaflet={open[0]} />;
  const stale = content?.stale === true ? <p className="stale">{t('reading.stale')}</p> : null;
  switch (place.kind) {
    case 'slides':
      return <SlidesScreen shown={shown} />;
    case 'list':
      return (
        <>
          {stale}
          {news}
          <ListScreen list={place} />
          <GoingHome />
        </>
      );
    case 'leaflet': {
      const leaflet = shown.find(({ id }) => id === place.id);
      return leaflet === undefined ? (
        <ListScreen list={{ kind: 'list', category: null, query: '', searching: false }} />
      ) : (
        <>
          {stale}
          {open[0]?.id === leaflet.id ? null : news}
          <ReaderScreen key={leaflet.id} leaflet={leaflet} />
          <GoingHome />
        </>
      );
    }
    default:
      return (
        <IdleScreen
          above={
            <>
              {stale}
              {seen[0] === undefined ? null : <EmergencyStrip leaflet={seen[0]} />}
            </>
          }
        />
      );
  }
}
