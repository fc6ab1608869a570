import { eventTitle, subjectText } from './event-title.ts';
import { useI18n } from './i18n.tsx';
import { useLive } from './live-mark.tsx';
import { useNames } from './names.ts';
import { useNow } from './now.ts';
import { agoText } from './time-text.ts';
import { hrefOf } from './router.ts';

const SHOWN = 6;

/** The newest few events, as they come in. */
export function RecentEvents() {
  const { t, language } = useI18n();
  const { rows, loaded } = useLive();
  const names = useNames();
  const now = useNow();
  return (
    <section className="card" aria-labelledby="recent-title">
      <div className="card-head">
        <h2 id="recent-title">{t('overview.recent')}</h2>
        <a href={hrefOf('/events')}>{t('overview.allEvents')}</a>
      </div>
      {loaded && rows.length === 0 && <p className="padded">{t('events.empty')}</p>}
      <ul className="recent" aria-labelledby="recent-title">
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.id}>
            <span className={`tag event-${row.type.replaceAll('.', '-')}`}>{eventTitle(t, row.type)}</span>
            <span>
              <span className="label">
                {row.subject.startsWith('person:') ? row.name : subjectText(row.subject, names)}
              </span>{' '}
              <span className="recent-where">{row.station === null ? '' : names.stationName(row.station)}</span>
            </span>
            <time dateTime={new Date(row.atMs).toISOString()}>{agoText(t, language, row.atMs, now)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
