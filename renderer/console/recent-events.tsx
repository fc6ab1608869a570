import type { EventRow } from '#shared/contract/console.ts';
import { eventTitle, subjectText } from './event-title.ts';
import { useI18n } from './i18n.tsx';
import { useItemNames } from './item-names.ts';
import { useLive } from './live-mark.tsx';
import { useNames } from './names.ts';
import { useNow } from './now.ts';
import { agoText } from './time-text.ts';
import { hrefOf } from './router.ts';

const SHOWN = 6;

interface AboutProps {
  readonly row: EventRow;
  /** What the item is, where the event is about one that is known. */
  readonly itemName: string | null;
}

/** What it happened to: `雨伞 HF-000123`. */
function About({ row, itemName }: AboutProps) {
  const names = useNames();
  const subject = row.subject.startsWith('person:') ? row.name : subjectText(row.subject, names);
  if (itemName === null) return <span className="label">{subject}</span>;
  return (
    <span>
      <span className="label">{itemName}</span> <span className="recent-code">{subject}</span>
    </span>
  );
}

/** The newest few events, as they come in. */
export function RecentEvents() {
  const { t, language } = useI18n();
  const { rows, loaded } = useLive();
  const names = useNames();
  const now = useNow();
  const shown = rows.slice(0, SHOWN);
  const itemName = useItemNames(shown.map(({ subject }) => subject));
  const busy = shown.some(({ subject }) => itemName(subject) === undefined);
  return (
    <section className="card" aria-labelledby="recent-title" aria-busy={busy}>
      <div className="card-head">
        <h2 id="recent-title">{t('overview.recent')}</h2>
        <a href={hrefOf('/events')}>{t('overview.allEvents')}</a>
      </div>
      {loaded && rows.length === 0 && <p className="padded">{t('events.empty')}</p>}
      <ul className="recent" aria-labelledby="recent-title">
        {shown.map((row) => (
          <li key={row.id}>
            <span className={`tag event-${row.type.replaceAll('.', '-')}`}>{eventTitle(t, row.type)}</span>
            <About row={row} itemName={itemName(row.subject) ?? null} />
            <span className="recent-where">{row.station === null ? '' : names.stationName(row.station)}</span>
            <time dateTime={new Date(row.atMs).toISOString()}>{agoText(t, language, row.atMs, now)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
