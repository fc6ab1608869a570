import { useI18n } from './i18n.tsx';
import { itemsCodec } from './list-state.ts';
import type { Overview } from './overview-data.ts';
import { hrefOf } from './router.ts';

/** How much of each item type is in stock and on loan; bars share one scale. */
export function TypeBars({ types }: { readonly types: Overview['types'] }) {
  const { t, pick } = useI18n();
  const most = Math.max(1, ...types.map((type) => type.inStock + type.onLoan));
  const percent = (count: number) => `${(count / most) * 100}%`;
  return (
    <section className="card types-card" aria-labelledby="types-title">
      <div className="card-head">
        <h2 id="types-title">{t('overview.types')}</h2>
        <p className="legend" aria-hidden="true">
          <span className="key key-stock" /> {t('station.inStock')}
          <span className="key key-loan" /> {t('station.onLoan')}
        </p>
      </div>
      {types.length === 0 && <p className="padded">{t('overview.noTypes')}</p>}
      <ul className="types" aria-labelledby="types-title">
        {types.map((type) => (
          <li key={type.type}>
            <a href={hrefOf('/items', itemsCodec.format({ ...itemsCodec.parse(''), type: type.type }))}>
              {pick(type.name)}
            </a>
            <span className="bar" aria-hidden="true">
              <span className="bar-stock" style={{ width: percent(type.inStock) }} />
              <span className="bar-loan" style={{ width: percent(type.onLoan) }} />
            </span>
            <span className="bar-text">{t('overview.typeLine', { inStock: type.inStock, onLoan: type.onLoan })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
