import { useSpeech } from '../kiosk-context.tsx';
import { useLeafletsState, useQuiet } from './leaflets-context.tsx';
import { homeIn } from './place.ts';

/** The last seconds before the screen goes home by itself; any touch stays. */
export function GoingHome() {
  const { t } = useSpeech();
  const place = useLeafletsState((state) => state.place);
  const seconds = homeIn(place, useQuiet());
  if (seconds === null) return null;
  return <output className="going-home">{t('reading.stay', { seconds })}</output>;
}
