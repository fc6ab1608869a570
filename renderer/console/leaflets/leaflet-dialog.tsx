import { ORPCError } from '@orpc/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { filesOf, type LeafletContent } from '#shared/content/leaflet.ts';
import { isOver, isShownAt, nextChange } from '#shared/content/time-window.ts';
import type { Language } from '#shared/i18n/translate.ts';
import { isInWork, isPublishable } from '#shared/content/life.ts';
import type { LeafletVersion } from '#shared/contract/leaflets.ts';
import { LeafletText } from '#renderer/ui/leaflet-text.tsx';
import { AwayBanner } from '../away-banner.tsx';
import { type ConsoleTranslate, useI18n } from '../i18n.tsx';
import { useMay } from '../may.ts';
import { PageDialog } from '../page-dialog.tsx';
import { useNow } from '../now.ts';
import { useServices } from '../services.ts';
import { dateTimeText, ZONE } from '../time-text.ts';
import { useAudienceText } from './audience.ts';
import { fileUrl } from './file-url.ts';
import { LeafletStateTag, PriorityTag } from './leaflet-tags.tsx';
import { LeafletEditor } from './leaflet-editor.tsx';
import { LeafletDifference } from './leaflet-difference.tsx';
import { LeafletWhereabouts } from './leaflet-whereabouts.tsx';
import { LeafletPreview } from './leaflet-preview.tsx';
import { LeafletSteps } from './leaflet-steps.tsx';

/** Others work on it, too. */
const REFETCH_MS = 5000;

/** When residents may see it: now, as far as a release has it, and what comes next. */
function shownText({ content, state }: LeafletVersion, now: number, t: ConsoleTranslate, language: Language): string {
  const { window } = content;
  if (state === 'withdrawn' || state === 'replaced') return t('leaflets.shownNoMore');
  if (isOver(window, now, ZONE)) return t('leaflets.over');
  const next = nextChange(window, now, ZONE);
  const time = next === null ? '' : dateTimeText(language, next, now);
  if (!isShownAt(window, now, ZONE)) return t('leaflets.shownFrom', { time });
  const isOut = state === 'published';
  if (next === null) return t(isOut ? 'leaflets.shown' : 'leaflets.shownOnce');
  return t(isOut ? 'leaflets.shownUntil' : 'leaflets.shownOnceUntil', { time });
}

function Facts({ version }: { readonly version: LeafletVersion }) {
  const { t, language } = useI18n();
  const now = useNow();
  const audienceText = useAudienceText();
  const { content, author, approver, approvedMs, remark } = version;
  const { category, tags, summary, body } = content;
  const approved =
    approver === null || approvedMs === null ? null : `${approver} · ${dateTimeText(language, approvedMs, now)}`;
  const facts = [
    [t('leaflets.summary'), summary[language] ?? summary.zh],
    [t('leaflets.category'), `${t(`category.${category}`)} · ${t(`leafletKind.${body.kind}`)}`],
    [t('leaflets.where'), audienceText(content.audience)],
    [t('leaflets.when'), shownText(version, now, t, language)],
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

/** A leaflet that is not there yet. */
export function NewLeafletDialog({ onDone }: { readonly onDone: (leaflet: string | null) => void }) {
  const { t } = useI18n();
  return (
    <PageDialog title={t('leaflets.new')} writing onClose={() => onDone(null)}>
      <LeafletEditor version={null} onDone={onDone} />
    </PageDialog>
  );
}

/** The next version of a leaflet that is approved or withdrawn: a draft that says what the one before says. */
function NextVersion({ version }: { readonly version: LeafletVersion }) {
  const { t } = useI18n();
  const { queries, queryClient } = useServices();
  const { mutate, isPending } = useMutation(
    queries.leaflets.create.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: queries.leaflets.key() }),
    }),
  );
  const { leaflet, content } = version;
  return (
    <Button loading={isPending} onClick={() => mutate({ leaflet, content })}>
      {t('leaflets.next')}
    </Button>
  );
}

/** One leaflet before the list: what it says, its versions, and what may be done with the newest. */
export function LeafletDialog({ leaflet, onClose }: { readonly leaflet: string; readonly onClose: () => void }) {
  const { t, language } = useI18n();
  const { queries } = useServices();
  const [editing, edit] = useState(false);
  const mayWrite = useMay('leaflets.save');
  const { data, error, isError, isPending } = useQuery(
    // What others do with it meanwhile is seen; not under the hands of whoever writes.
    queries.leaflets.versions.queryOptions({ input: { leaflet }, refetchInterval: editing ? false : REFETCH_MS }),
  );
  const notFound = error instanceof ORPCError && error.code === 'NOT_FOUND';
  const newest = data?.versions[0];
  const title = newest === undefined ? t('nav.leaflets') : (newest.content.title[language] ?? newest.content.title.zh);
  const tags = newest !== undefined && (
    <>
      <PriorityTag priority={newest.content.priority} />
      <LeafletStateTag state={newest.state} />
    </>
  );
  return (
    <PageDialog title={title} tags={tags} writing={editing} onClose={onClose}>
      {notFound && <p>{t('leaflets.notFound')}</p>}
      {isError && !notFound && <AwayBanner text={t('away.banner')} />}
      {isPending && (
        <div aria-busy="true">
          <Skeleton active />
        </div>
      )}
      {newest !== undefined && editing && <LeafletEditor version={newest} onDone={() => edit(false)} />}
      {data !== undefined && newest !== undefined && !editing && (
        <>
          <Facts version={newest} />
          <LeafletSteps
            key={`${newest.version}/${newest.revision}/${newest.state}`}
            version={newest}
            standing={data.versions.some(({ state }) => isPublishable(state))}
          />
          {mayWrite && newest.state === 'draft' && <Button onClick={() => edit(true)}>{t('leaflets.edit')}</Button>}
          {mayWrite && !isInWork(newest.state) && <NextVersion version={newest} />}
          <LeafletPreview version={newest} />
          <LeafletDifference version={newest} before={data.versions[1] ?? null} />
          <Body body={newest.content.body} />
          {data.versions.some(({ state }) => state === 'published' || state === 'withdrawn') && (
            <LeafletWhereabouts leaflet={leaflet} />
          )}
          <Versions versions={data.versions} />
        </>
      )}
    </PageDialog>
  );
}
