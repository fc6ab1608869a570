import { Siren } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { BigButton } from '#renderer/ui/big-button.tsx';
import { LeafletText } from '#renderer/ui/leaflet-text.tsx';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useSpeech } from '../kiosk-context.tsx';
import { fileUrl, useLeaflets, usePick } from './leaflets-context.tsx';

/** An emergency takes the idle screen until somebody here says that they have read it. */
export function EmergencyScreen({ leaflet }: { readonly leaflet: ReleasedLeaflet }) {
  const { t } = useSpeech();
  const leaflets = useLeaflets();
  const pick = usePick();
  useEffect(() => leaflets.shown(leaflet), [leaflets, leaflet]);
  const title = pick(leaflet.title);
  const { body } = leaflet;
  const text = pick(body.kind === 'article' || body.kind === 'notice' ? body.text : leaflet.summary);
  const own = new Set<string>(body.kind === 'article' ? body.pictures.map(({ hash }) => hash) : []);
  return (
    <main className="emergency" role="alert">
      <p className="emergency__kind">
        <Siren aria-hidden="true" />
        {t('reading.emergency')}
      </p>
      <h1 className="emergency__title" lang={title.lang}>
        <Unbroken text={title.text} />
      </h1>
      <div className="emergency__text" lang={text.lang}>
        <LeafletText text={text.text} pictureUrl={(hash) => (own.has(hash) ? fileUrl(hash) : null)} />
      </div>
      <BigButton look="primary" label={t('reading.seen')} onPress={() => leaflets.confirm(leaflet)} />
    </main>
  );
}

/** After that, as long as it lasts: a red strip on the idle screen, which opens it. */
export function EmergencyStrip({ leaflet }: { readonly leaflet: ReleasedLeaflet }) {
  const { t } = useSpeech();
  const leaflets = useLeaflets();
  const pick = usePick();
  const title = pick(leaflet.title);
  return (
    <Button className="emergency-strip" onPress={() => leaflets.open(leaflet.id)}>
      <Siren aria-hidden="true" />
      <span lang={title.lang}>
        <Unbroken text={title.text} />
      </span>
      <em>{t('reading.readIt')}</em>
    </Button>
  );
}
