import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useEffect, useRef } from 'react';
import { filesOf, type LeafletContent } from '#shared/content/leaflet.ts';
import { LEAFLET_FILES_PATH, type LeafletVersion } from '#shared/contract/leaflets.ts';
import { LeafletText } from '#renderer/ui/leaflet-text.tsx';
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

const fileUrl = (hash: string): string => `${LEAFLET_FILES_PATH}${hash}`;

/** What residents will read, as it was written; of files their kind and size. */
function Body({ body }: { readonly body: LeafletContent['body'] }) {
  const { t, language } = useI18n();
  const files = filesOf(body);
  const own = new Set<string>(files.map(({ hash }) => hash));
  const captionOf = (hash: string): string | null => {
    const caption = body.kind === 'pictures' ? body.pictures.find(({ file }) => file.hash === hash)?.caption : null;
    return caption?.[language] ?? caption?.zh ?? null;
  };
  const text = body.kind === 'article' || body.kind === 'notice' ? body.text : null;
  return (
    <>
      {text !== null && (
        <section className="leaflet-part">
          <h3>{t('leaflets.text')}</h3>
          {text[language] === undefined && <p className="note">{t('leaflets.onlyChinese')}</p>}
          <div className="leaflet-paper" lang={text[language] === undefined ? 'zh-CN' : undefined}>
            <LeafletText
              text={text[language] ?? text.zh}
              pictureUrl={(hash) => (own.has(hash) ? fileUrl(hash) : null)}
            />
          </div>
        </section>
      )}
      {files.length > 0 && (
        <section className="leaflet-part">
          <h3>{t('leaflets.files')}</h3>
          <ul className="leaflet-files">
            {files.map(({ hash, type, bytes }) => (
              <li key={hash}>
                <a href={fileUrl(hash)} target="_blank" rel="noreferrer">
                  {body.kind === 'pictures' ? (
                    <img src={fileUrl(hash)} alt={t('leaflets.picture')} />
                  ) : (
                    t('leaflets.file', { type, size: Math.ceil(bytes / 1024) })
                  )}
                </a>
                {captionOf(hash)}
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
