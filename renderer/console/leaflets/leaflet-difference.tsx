import { useMemo } from 'react';
import { differenceOf, type FieldDifference } from '#shared/content/difference.ts';
import type { TimeWindow } from '#shared/content/leaflet.ts';
import type { LeafletVersion } from '#shared/contract/leaflets.ts';
import { unreachable } from '#shared/result.ts';
import { type ConsoleTranslate, useI18n } from '../i18n.tsx';
import { useAudienceText } from './audience.ts';
import { fileUrl } from './file-url.ts';

/** Names of the fields, as the form has them. */
function nameOf(difference: FieldDifference, t: ConsoleTranslate): string {
  const { field } = difference;
  switch (field) {
    case 'title':
    case 'summary':
    case 'text':
      return `${t(`leaflets.${field}`)} · ${t(difference.language === 'zh' ? 'language.zh' : 'language.en')}`;
    case 'caption':
      return `${t('leaflets.caption')} · ${t(difference.language === 'zh' ? 'language.zh' : 'language.en')}`;
    case 'kind':
    case 'category':
    case 'priority':
    case 'tags':
    case 'files':
      return t(`leaflets.${field}`);
    case 'audience':
      return t('leaflets.where');
    case 'window':
      return t('leaflets.when');
    default:
      return unreachable(field);
  }
}

/** As it was written: from, until, days, hours. */
function windowText(window: TimeWindow | null): string {
  if (window === null) return '';
  const { from, until, weekdays, hours } = window;
  const bounds = `${from?.replace('T', ' ') ?? '…'} – ${until?.replace('T', ' ') ?? '…'}`;
  const days = weekdays.length === 7 ? '' : ` · ${weekdays.join(' ')} / 7`;
  return `${bounds}${days}${hours === null ? '' : ` · ${hours.join('–')}`}`;
}

function Turned({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <p>
      {before === '' ? null : <del>{before}</del>} <ins>{after}</ins>
    </p>
  );
}

function What({ difference }: { readonly difference: FieldDifference }) {
  const { t } = useI18n();
  const audienceText = useAudienceText();
  switch (difference.field) {
    case 'title':
    case 'summary':
    case 'text':
    case 'caption':
      return (
        <p className="difference-text" lang={difference.language === 'zh' ? 'zh-CN' : 'en'}>
          {difference.parts.map(({ kind, text }, place) => {
            // Parts have no names of their own; they never change their places.
            const key = `${place}`;
            if (kind === 'added') return <ins key={key}>{text}</ins>;
            return kind === 'removed' ? <del key={key}>{text}</del> : <span key={key}>{text}</span>;
          })}
        </p>
      );
    case 'kind':
      return (
        <Turned
          before={difference.before === null ? '' : t(`leafletKind.${difference.before}`)}
          after={t(`leafletKind.${difference.after}`)}
        />
      );
    case 'category':
      return (
        <Turned
          before={difference.before === null ? '' : t(`category.${difference.before}`)}
          after={t(`category.${difference.after}`)}
        />
      );
    case 'priority':
      return (
        <Turned
          before={difference.before === null ? '' : t(`priority.${difference.before}`)}
          after={t(`priority.${difference.after}`)}
        />
      );
    case 'audience':
      return <Turned before={audienceText(difference.before)} after={audienceText(difference.after)} />;
    case 'window':
      return <Turned before={windowText(difference.before)} after={windowText(difference.after)} />;
    case 'tags':
      return <Turned before={difference.removed.join(' · ')} after={difference.added.join(' · ')} />;
    case 'files':
      return (
        <p className="difference-files">
          {difference.removed.map(({ hash, type }) => (
            <del key={hash}>
              <a href={fileUrl(hash)} target="_blank" rel="noreferrer">
                {type}
              </a>
            </del>
          ))}
          {difference.added.map(({ hash, type }) => (
            <ins key={hash}>
              <a href={fileUrl(hash)} target="_blank" rel="noreferrer">
                {type}
              </a>
            </ins>
          ))}
          {difference.moved ? t('difference.moved') : null}
        </p>
      );
    default:
      return unreachable(difference);
  }
}

interface LeafletDifferenceProps {
  readonly version: LeafletVersion;
  /** The version before it; null: it is the first. */
  readonly before: LeafletVersion | null;
}

/** What an approver looks at: how the newest version differs from the one before it. */
export function LeafletDifference({ version, before }: LeafletDifferenceProps) {
  const { t } = useI18n();
  const fields = useMemo(
    () => (before === null ? [] : differenceOf(before.content, version.content)),
    [before, version],
  );
  if (before === null) return null;
  return (
    <section className="leaflet-part" aria-labelledby="leaflet-difference">
      <h3 id="leaflet-difference">{t('difference.title')}</h3>
      {fields.length === 0 && <p className="note">{t('difference.none')}</p>}
      <dl className="difference">
        {fields.map((difference) => {
          const name = nameOf(difference, t);
          return (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <What difference={difference} />
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
