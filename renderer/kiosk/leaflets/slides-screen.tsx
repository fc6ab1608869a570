import { Hand, ScanBarcode } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { SailScene } from '#renderer/ui/sail-mark.tsx';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useSpeech } from '../kiosk-context.tsx';
import { hasPicture, LeafletPicture } from './leaflet-picture.tsx';
import { useLeaflets, usePick } from './leaflets-context.tsx';

/** A slide is read in so long, milliseconds. */
const SLIDE_MS = 10_000;

/** Nobody is here: leaflets take turns, until somebody touches the screen, scans or lays a card on the reader. */
export function SlidesScreen({ shown }: { readonly shown: readonly ReleasedLeaflet[] }) {
  const { t } = useSpeech();
  const leaflets = useLeaflets();
  const pick = usePick();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((last) => last + 1), SLIDE_MS);
    return () => clearInterval(timer);
  }, []);
  const leaflet = shown[turn % Math.max(1, shown.length)];
  useEffect(() => {
    if (leaflet !== undefined) leaflets.shown(leaflet);
  }, [leaflets, leaflet]);
  if (leaflet === undefined) return null;
  const title = pick(leaflet.title);
  const summary = pick(leaflet.summary);
  return (
    <main className="slides">
      <article className="slide" key={`${leaflet.id}/${turn}`}>
        <div className={hasPicture(leaflet) ? 'slide__picture' : 'slide__picture slide__picture--none'}>
          {hasPicture(leaflet) ? <LeafletPicture leaflet={leaflet} /> : <SailScene lies="right" />}
        </div>
        <div className="slide__words">
          <p className="slide__category">{t(`reading.${leaflet.category}`)}</p>
          <h1 className="slide__title" lang={title.lang}>
            <Unbroken text={title.text} />
          </h1>
          <p className="slide__summary" lang={summary.lang}>
            <Unbroken text={summary.text} />
          </p>
        </div>
      </article>
      <p className="slides__how">
        <span>
          <Hand aria-hidden="true" />
          {t('reading.touch')}
        </span>
        <span>
          <ScanBarcode aria-hidden="true" />
          {t('reading.scanAnyTime')}
        </span>
      </p>
    </main>
  );
}
