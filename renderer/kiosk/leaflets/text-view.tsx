import { useCallback, useEffect, useRef, useState } from 'react';
import type { LeafletBody } from '#shared/content/leaflet.ts';
import { LeafletText } from '#renderer/ui/leaflet-text.tsx';
import { useSpeech } from '../kiosk-context.tsx';
import { fileUrl, usePick } from './leaflets-context.tsx';
import { PageTurner } from './page-turner.tsx';

type TextBody = Extract<LeafletBody, { kind: 'article' | 'notice' }>;

/** Where the text to be read aloud stands. */
export const TEXT = 'reading__text';
/** Of the height of what is seen: the last lines of a page are seen again on the next. */
const TURN = 0.86;

function pagesOf({ scrollHeight, scrollTop, clientHeight }: HTMLElement) {
  const step = Math.max(1, clientHeight * TURN);
  const pages = 1 + Math.ceil(Math.max(0, scrollHeight - clientHeight - 1) / step);
  if (scrollTop <= 1) return { pages, page: 1 };
  const isAtEnd = scrollTop + clientHeight >= scrollHeight - 2;
  // Whatever stands above, be it a part of a page, is reached by going back one.
  const above = Math.max(1, Math.ceil(scrollTop / step - 0.1));
  return { pages, page: isAtEnd ? pages : Math.min(pages, 1 + above) };
}

/** An article or a notice: scrolled by finger, or turned by tap. */
export function TextView({ body }: { readonly body: TextBody }) {
  const { t, language } = useSpeech();
  const pick = usePick();
  const { text, lang } = pick(body.text);
  const view = useRef<HTMLDivElement>(null);
  const [{ page, pages }, setPages] = useState({ page: 1, pages: 1 });
  const own = new Set<string>(body.kind === 'article' ? body.pictures.map(({ hash }) => hash) : []);
  const look = useCallback(() => {
    if (view.current !== null) setPages(pagesOf(view.current));
  }, []);
  useEffect(() => {
    const element = view.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [look]);
  const turn = (to: number) =>
    view.current?.scrollTo({ top: (to - 1) * view.current.clientHeight * TURN, behavior: 'smooth' });
  return (
    <>
      {lang !== undefined && language !== 'zh' ? <p className="reading__only">{t('reading.onlyChinese')}</p> : null}
      <div className={`reading__paper reading__paper--${body.kind}`} ref={view} onScroll={look}>
        <div className={TEXT} lang={lang}>
          <LeafletText text={text} pictureUrl={(hash) => (own.has(hash) ? fileUrl(hash) : null)} />
        </div>
      </div>
      {pages > 1 ? <PageTurner page={page} pages={pages} onTurn={turn} /> : null}
    </>
  );
}
