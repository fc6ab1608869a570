import type { Sheet } from '#shared/contract/kiosk.ts';
import { useLeafletsState } from './leaflets/leaflets-context.tsx';
import { isReading } from './leaflets/place.ts';
import { formatDay, formatTime, formatWeekday } from '#renderer/ui/time-format.ts';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { SailMark } from '#renderer/ui/sail-mark.tsx';
import { useMinute, useSpeech, useView, type Words } from './kiosk-context.tsx';

function title(kind: Sheet['kind'], t: Words): string {
  return kind === 'idle' ? t('product') : t(`${kind}.header`);
}

/** Where one is and what time it is. */
export function Header() {
  const { t, say, language } = useSpeech();
  const { sheet, station, zone } = useView();
  const minute = useMinute();
  const reading = useLeafletsState((state) => isReading(state.place)) && sheet.kind === 'idle';
  const place = station.name === null ? null : say(station.name);
  return (
    <header className="header">
      <SailMark />
      <div className="header__name">
        <p className="header__title">{reading ? t('reading.header') : title(sheet.kind, t)}</p>
        <p className="header__place">
          {sheet.kind !== 'idle' || reading || place === null ? null : <span className="header__station">{place}</span>}
          <span>
            <Unbroken text={sheet.kind === 'idle' && !reading ? t('station.slogan') : (place ?? t('product'))} />
          </span>
        </p>
      </div>
      <div className="header__clock">
        <time className="header__time">{formatTime(minute, zone, language)}</time>
        <p className="header__day">
          {t('clock.day', {
            day: formatDay(minute, zone, language),
            weekday: formatWeekday(minute, zone, language),
          })}
        </p>
      </div>
    </header>
  );
}
