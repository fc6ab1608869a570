import { ChevronRight } from 'lucide-react';
import { Button } from 'react-aria-components';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useSpeech } from '../kiosk-context.tsx';
import { CategoryIcon } from './leaflet-picture.tsx';
import { useLeaflets, usePick, useShownNow } from './leaflets-context.tsx';
import { ALL } from './place.ts';

/** On the idle screen: the way to the leaflets, with the newest one's name. */
export function LeafletStrip() {
  const { t } = useSpeech();
  const leaflets = useLeaflets();
  const pick = usePick();
  const shown = useShownNow();
  const [first] = shown;
  if (first === undefined) return null;
  const title = pick(first.title);
  return (
    <Button className="leaflet-strip" aria-label={t('reading.open')} onPress={() => leaflets.list(ALL)}>
      <CategoryIcon category={first.category} />
      <span className="leaflet-strip__words">
        <span className="leaflet-strip__title">{t('reading.open')}</span>
        <span className="leaflet-strip__newest" lang={title.lang}>
          <Unbroken text={title.text} />
        </span>
      </span>
      <span className="leaflet-strip__count">{t('reading.count', { count: shown.length })}</span>
      <ChevronRight aria-hidden="true" />
    </Button>
  );
}
