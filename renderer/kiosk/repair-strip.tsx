import { Wrench } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { KioskView, Repair } from '#shared/contract/kiosk.ts';
import { formatDay, formatTime } from '#renderer/ui/time-format.ts';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useServices, useSpeech, useView, type Speech } from './kiosk-context.tsx';

/** What happened, what is safe, what to do: one sentence each. */
function sentences(
  { what, backupMs, mayLack, filledIn }: Repair,
  { zone, sync }: KioskView,
  { t, language }: Speech,
): string[] {
  if (what === 'doubted') return [t('repair.doubted')];
  const happened =
    what === 'started-empty'
      ? t('repair.started-empty')
      : backupMs === null
        ? t('repair.mended')
        : t('repair.restored', {
            day: formatDay(backupMs, zone, language).replaceAll(' ', '\u00a0'),
            time: formatTime(backupMs, zone, language),
          });
  const away = sync.state === 'saved-here' || sync.state === 'never';
  if (!filledIn) return [happened, t(away ? 'repair.fillingLater' : 'repair.filling')];
  return mayLack ? [happened, t('repair.filledIn'), t('repair.mayLack')] : [happened, t('repair.filledIn')];
}

/** What was done about a damaged database, until the server has filled it in and somebody has read it. */
export function RepairStrip() {
  const { kiosk } = useServices();
  const speech = useSpeech();
  const view = useView();
  const { repair } = view;
  if (repair === null) return null;
  return (
    <section className="repair" aria-live="polite">
      <Wrench className="repair__picture" aria-hidden="true" />
      <div className="repair__words">
        {sentences(repair, view, speech).map((sentence) => (
          <p key={sentence}>
            <Unbroken text={sentence} />
          </p>
        ))}
      </div>
      {repair.filledIn ? (
        <Button className="small-button" onPress={kiosk.repairSeen}>
          {speech.t('repair.seen')}
        </Button>
      ) : null}
    </section>
  );
}
