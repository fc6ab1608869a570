import { useI18n } from './i18n.tsx';
import { itemsCodec } from './list-state.ts';
import { useNow } from './now.ts';
import type { Overview } from './overview-data.ts';
import { agoText, clockText } from './time-text.ts';
import { hrefOf } from './router.ts';

/** A station not heard for longer has lost its power or its network: terminals speak up every half minute or so. */
const STALE_MS = 5 * 60_000;

function Heard({ heardMs, now }: { readonly heardMs: number | null; readonly now: number }) {
  const { t, language } = useI18n();
  if (heardMs === null) {
    return (
      <span className="heard heard-never">
        <span className="dot" aria-hidden />
        {t('station.never')}
      </span>
    );
  }
  const light = now - heardMs > STALE_MS ? 'stale' : 'fresh';
  return (
    <span
      className={`heard heard-${light}`}
      title={`${t(`station.light.${light}`)} · ${clockText(language, heardMs, now)}`}
    >
      <span className="dot" aria-hidden />
      <span className="unseen">{t(`station.light.${light}`)}</span>
      {agoText(t, language, heardMs, now)}
    </span>
  );
}

/** Every station: what it holds, what it has lent, and when it was heard. */
export function StationGrid({ stations }: { readonly stations: Overview['stations'] }) {
  const { t, pick } = useI18n();
  const now = useNow();
  return (
    <section className="card" aria-labelledby="stations-title">
      <h2 id="stations-title">{t('overview.stations')}</h2>
      <table className="plain-table stations" aria-labelledby="stations-title">
        <thead>
          <tr>
            <th scope="col">{t('station.name')}</th>
            <th scope="col" className="number">
              {t('station.inStock')}
            </th>
            <th scope="col" className="number">
              {t('station.onLoan')}
            </th>
            <th scope="col">{t('station.heard')}</th>
          </tr>
        </thead>
        <tbody>
          {stations.map((station) => (
            <tr key={station.code}>
              <th scope="row">
                <a href={hrefOf('/items', itemsCodec.format({ ...itemsCodec.parse(''), station: station.code }))}>
                  {pick(station.name)}
                </a>
                <span className="code">{station.code}</span>
              </th>
              <td className="number">{station.items}</td>
              <td className="number">{station.onLoan}</td>
              <td>
                <Heard heardMs={station.heardMs} now={now} />
              </td>
            </tr>
          ))}
          {stations.length === 0 && (
            <tr>
              <td colSpan={4}>{t('overview.noStations')}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
