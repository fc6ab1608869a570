import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useEffect, useRef } from 'react';
import { filesOf, type LeafletContent } from '#shared/content/leaflet.ts';
import type { LeafletVersion } from '#shared/contract/leaflets.ts';
import { AwayBanner } from '../away-banner.tsx';
import { useI18n } from '../i18n.tsx';
import { useNow } from '../now.ts';
import { useServices } from '../services.ts';
import '../set-aside.css';
import { dateTimeText } from '../time-text.ts';
import { LeafletStateTag, PriorityTag } from './leaflet-tags.tsx';
import { LeafletSteps } from './leaflet-steps.tsx';

function Facts({ version }: { readonly version: LeafletVersion }) {
  const { t, language } = useI18n();
  const now = useNow();
  const { content, author, approver, approvedMs, remark } = version;
  const { category, tags, summary, body } = content;
  const approved =
    approver === null || approvedMs === null ? null : `${approver} · ${dateTimeText(language, approvedMs, now)}`;
  const facts = [
    [t('leaflets.summary'), summary[language] ?? summary.zh],
    [t('leaflets.category'), `${t(`category.${category}`)} · ${t(`leafletKind.${body.kind}`)}`],
    [t('leaflets.tags'), tags.length === 0 ? null : tags.join(' · ')],
    [t('leaflets.author'), author],
    [t('leaflets.approver'), approved],
    [t('leaflets.remark'), remark],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, text]) =>
        text === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** What residents will read, as it was written; of files their kind and size. */
function Body({ body }: { readonly body: LeafletContent['body'] }) {
  const { t, language } = useI18n();
  const files = filesOf(body);
  const text = body.kind === 'article' || body.kind === 'notice' ? body.text : null;
  return (
    <>
      {text !== null && (
        <section className="leaflet-part">
          <h3>{t('leaflets.text')}</h3>
          {text[language] === undefined && <p className="note">{t('leaflets.onlyChinese')}</p>}
          <pre className="leaflet-text">{text[language] ?? text.zh}</pre>
        </section>
      )}
      {files.length > 0 && (
        <section className="leaflet-part">
          <h3>{t('leaflets.files')}</h3>
          <ul className="leaflet-files">
            {files.map(({ hash, type, bytes }) => (
              <li key={hash}>
                {type} · {Math.ceil(bytes / 1024)} KB
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Versions({ versions }: { readonly versions: readonly LeafletVersion[] }) {
  const { t, language } = useI18n();
  const now = useNow();
  return (
    <section className="leaflet-part">
      <h3>{t('leaflets.versions')}</h3>
      <ul className="leaflet-versions">
        {versions.map(({ version, state, changedMs, author }) => (
          <li key={version}>
            <span>{t('leaflets.version', { version })}</span>
            <LeafletStateTag state={state} />
            <span className="note">
              {author} · {dateTimeText(language, changedMs, now)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One leaflet before the list: what it says, its versions, and what may be done with the newest. */
export function LeafletDialog({ leaflet, onClose }: { readonly leaflet: string; readonly onClose: () => void }) {
  const { t, language } = useI18n();
  const { queries } = useServices();
  const dialog = useRef<HTMLDialogElement>(null);
  const { data, isError, isPending } = useQuery(queries.leaflets.versions.queryOptions({ input: { leaflet } }));
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
  }, []);
  const newest = data?.versions[0];
  return (
    <dialog ref={dialog} className="entry" aria-labelledby="leaflet-title" onClose={onClose}>
      <div className="entry-head">
        <h2 id="leaflet-title">
          {newest === undefined ? t('nav.leaflets') : (newest.content.title[language] ?? newest.content.title.zh)}
        </h2>
        {newest !== undefined && <PriorityTag priority={newest.content.priority} />}
        {newest !== undefined && <LeafletStateTag state={newest.state} />}
        <Button onClick={() => dialog.current?.close()}>{t('leaflets.close')}</Button>
      </div>
      {isError && <AwayBanner text={t('away.banner')} />}
      {isPending && (
        <div aria-busy="true">
          <Skeleton active />
        </div>
      )}
      {data?.versions.length === 0 && <p>{t('leaflets.notFound')}</p>}
      {data !== undefined && newest !== undefined && (
        <>
          <Facts version={newest} />
          <LeafletSteps key={newest.revision} version={newest} />
          <Body body={newest.content.body} />
          <Versions versions={data.versions} />
        </>
      )}
    </dialog>
  );
}
