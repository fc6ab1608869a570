import { ArrowLeft } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import { unreachable } from '#shared/result.ts';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useSpeech } from '../kiosk-context.tsx';
import { FilmView } from './film-view.tsx';
import { useLeaflets, usePick } from './leaflets-context.tsx';
import { PdfView } from './pdf-view.tsx';
import { PicturesView } from './pictures-view.tsx';
import { ReadAloud } from './read-aloud.tsx';
import { TextView } from './text-view.tsx';

/** What is read, on pages of its own manner. */
function Body({ leaflet: { body, title } }: { readonly leaflet: ReleasedLeaflet }) {
  const pick = usePick();
  const { language } = useSpeech();
  const name = pick(title).text;
  switch (body.kind) {
    case 'article':
    case 'notice':
      // Another language begins at its beginning.
      return <TextView key={pick(body.text).lang ?? language} body={body} />;
    case 'pdf':
      return <PdfView file={body.file} name={name} />;
    case 'pictures':
      return <PicturesView pictures={body.pictures} name={name} />;
    case 'video':
      return <FilmView file={body.file} poster={body.poster} name={name} />;
    default:
      return unreachable(body);
  }
}

/** One leaflet, open. */
export function ReaderScreen({ leaflet }: { readonly leaflet: ReleasedLeaflet }) {
  const { t, language } = useSpeech();
  const leaflets = useLeaflets();
  const pick = usePick();
  const title = pick(leaflet.title);
  const isText = leaflet.body.kind === 'article' || leaflet.body.kind === 'notice';
  return (
    <main className="reading reading--open">
      <div className="reading__bar">
        <Button className="small-button reading__back" onPress={() => leaflets.back()}>
          <span>
            <ArrowLeft aria-hidden="true" />
            {t('reading.back')}
          </span>
        </Button>
        {isText ? <ReadAloud key={language} /> : null}
      </div>
      <h1 className="reading__title" lang={title.lang}>
        <Unbroken text={title.text} />
      </h1>
      {title.lang === undefined || language === 'zh' ? null : (
        <p className="reading__only">{t('reading.onlyChinese')}</p>
      )}
      <Body leaflet={leaflet} />
    </main>
  );
}
