import { useQuery } from '@tanstack/react-query';
import type { Whereabouts } from '#shared/contract/leaflets.ts';
import { type ConsoleTranslate, useI18n } from '../i18n.tsx';
import { useNames } from '../names.ts';
import { useNow } from '../now.ts';
import { refusalText } from '../releases/refusal-text.ts';
import { useServices } from '../services.ts';
import { agoText, dateTimeText } from '../time-text.ts';

const REFETCH_MS = 5000;
const MIB = 1_048_576;

const LOOKS: Readonly<Partial<Record<Whereabouts['state'], string>>> = {
  showing: 'tag tag-in-stock',
  refused: 'tag tag-alarm',
  downloading: 'tag tag-on-loan',
  proving: 'tag tag-on-loan',
  ready: 'tag tag-on-loan',
};

const inMib = (bytes: number | null): string => `${((bytes ?? 0) / MIB).toFixed(1)} MB`;

function stateText(t: ConsoleTranslate, { state, bytes, total, why, detail }: Whereabouts): string {
  if (state === 'downloading') return t('where.downloading', { bytes: inMib(bytes), total: inMib(total) });
  if (state === 'refused') return t('where.refused', { why: refusalText(t, why, detail) });
  return t(`where.${state}`);
}

/** Where a published leaflet is, by what each terminal has last signed; how it was read; who has confirmed it. */
export function LeafletWhereabouts({ leaflet }: { readonly leaflet: string }) {
  const { t, language } = useI18n();
  const { queries } = useServices();
  const { stationName } = useNames();
  const now = useNow();
  const options = { input: { leaflet }, refetchInterval: REFETCH_MS };
  const { data: where } = useQuery(queries.leaflets.whereabouts.queryOptions(options));
  const { data: reading } = useQuery(queries.leaflets.reading.queryOptions(options));
  return (
    <>
      <section className="leaflet-part" aria-labelledby="leaflet-where">
        <h3 id="leaflet-where">{t('where.title')}</h3>
        {where?.rows.length === 0 && <p className="note">{t('where.none')}</p>}
        <ul className="leaflet-versions">
          {(where?.rows ?? []).map((row) => (
            <li key={row.terminal}>
              <span>
                {stationName(row.station)} <span className="label">{row.terminal}</span>
              </span>
              <span className={LOOKS[row.state] ?? 'tag'}>{stateText(t, row)}</span>
              {row.receivedMs !== null && <span className="note">{agoText(t, language, row.receivedMs, now)}</span>}
            </li>
          ))}
        </ul>
      </section>
      <section className="leaflet-part" aria-labelledby="leaflet-reading">
        <h3 id="leaflet-reading">{t('reading.title')}</h3>
        {reading?.rows.length === 0 && <p className="note">{t('reading.noneYet')}</p>}
        <ul className="leaflet-versions">
          {(reading?.rows ?? []).map(({ station, shown, opened, seconds }) => (
            <li key={station}>
              {t('reading.byStation', {
                station: stationName(station),
                shown,
                opened,
                minutes: Math.ceil(seconds / 60),
              })}
            </li>
          ))}
          {(reading?.receipts ?? []).map(({ station, terminal, version, atMs }) => (
            <li key={`${terminal}/${version}`}>
              {t('reading.receipt', { station: stationName(station), time: dateTimeText(language, atMs, now) })}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
